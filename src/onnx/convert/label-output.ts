// Turns the position of each row's class into the graph's output `label`.
import type { ClassLabels } from '../../estimators/fitted.js';
import type { GraphBuilder } from './graph-builder.js';

/** `index` [N] int64; if one is out of bounds, the runtime fails and says that the row is without `what`. */
export function labelOutput(graph: GraphBuilder, classes: ClassLabels, index: string, what: string): void {
  const table =
    classes.type === 'long'
      ? graph.int64s('classes', [classes.values.length], classes.values)
      : graph.strings('classes', [classes.values.length], classes.values);
  graph.node(
    'Gather',
    [table, index],
    { name: `label, or a row without ${what}: an input value is missing or infinite`, attributes: { axis: 0n } },
    'label',
  );
}
