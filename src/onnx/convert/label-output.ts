// Turns the position of each row's class into the graph's output `label`.
import { MlctlError } from '../../errors/error.js';
import type { AnyLabels } from '../../estimators/fitted.js';
import type { GraphBuilder } from './graph-builder.js';

/** `index` [N] int64; if one is out of bounds, the runtime fails and says that the row is without `what`. */
export function labelOutput(graph: GraphBuilder, classes: AnyLabels, index: string, what: string): void {
  const table = labelTable(graph, classes);
  graph.node(
    'Gather',
    [table, index],
    { name: `label, or a row without ${what}: an input value is missing or infinite`, attributes: { axis: 0n } },
    'label',
  );
}

function labelTable(graph: GraphBuilder, classes: AnyLabels): string {
  const { length } = classes.values;
  if (classes.type === 'long') return graph.int64s('classes', [length], classes.values);
  if (classes.type === 'string') return graph.strings('classes', [length], classes.values);
  const found = classes.type === 'double' ? 'numbers with fractions' : 'booleans';
  throw new MlctlError('MODEL_UNSUPPORTED', `writing a classifier as ONNX: its labels are ${found}`, {
    hint: 'train it with labels that are whole numbers or text',
  });
}
