// Turns values into the same, or into a failure of the graph for a row that scikit-learn refuses: x − x is 0 if x is finite, else
// NaN.
import { DATA_TYPE } from '../../data/element-types.js';
import type { GraphBuilder } from './graph-builder.js';

/** [N] booleans: whether each of `values` [N] is NaN or infinite. */
export function notFinite(graph: GraphBuilder, values: string, step: string): string {
  return graph.node('IsNaN', [graph.node('Sub', [values, values])], { name: `${step}/not_finite` });
}

/** `values` [N] under the name `output`; the runtime fails with that name if one of them is not finite. */
export function refuseNotFinite(graph: GraphBuilder, values: string, step: string, output: string): void {
  const bad = graph.node('Cast', [notFinite(graph, values, step)], { attributes: { to: BigInt(DATA_TYPE.INT64) } });
  // a table with one zero: index 1 is out of bounds, so Gather must fail on it
  const zeros = graph.node('Gather', [graph.doubles('zero', [1], [0]), bad], {
    name: `${output}, or a row without a finite one: an input value is missing or infinite`,
    attributes: { axis: 0n },
  });
  graph.node('Add', [values, zeros], {}, output);
}
