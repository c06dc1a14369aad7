// Turns features into one tensor [features, N], which makes the graph fail for a row that scikit-learn refuses.
import { DATA_TYPE } from '../../data/element-types.js';
import { type Feature, joined, numbersOnly } from '../convert/features.js';
import type { GraphBuilder } from '../convert/graph-builder.js';

/** What an estimator refuses: missing values and infinities, infinities, or nothing. */
type Refuses = 'not finite' | 'infinite' | 'nothing';

export function checkedMatrix(
  graph: GraphBuilder,
  features: readonly Feature[],
  step: string,
  refuses: Refuses = 'not finite',
): string {
  const matrix = joined(graph, numbersOnly(features, step));
  if (refuses === 'nothing') return matrix;
  // x − x is 0 if x is finite, else NaN
  const bad =
    refuses === 'infinite'
      ? graph.node('IsInf', [matrix])
      : graph.node('IsNaN', [graph.node('Sub', [matrix, matrix])], { name: `${step}/not_finite` });
  const counts = graph.node('Cast', [bad], { attributes: { to: BigInt(DATA_TYPE.INT32) } });
  const any = graph.node('ReduceMax', [counts], { attributes: { axes: [0n], keepdims: 1n } });
  // a table with one zero: index 1 is out of bounds, so Gather must fail on it
  const zeros = graph.node('Gather', [graph.doubles('zero', [1], [0]), any], {
    name: `${step}: an input value is ${refuses === 'infinite' ? 'infinite' : 'missing or infinite'}`,
    attributes: { axis: 0n },
  });
  return graph.node('Add', [matrix, zeros]);
}
