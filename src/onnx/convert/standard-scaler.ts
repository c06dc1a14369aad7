// StandardScaler → Sub, Div.
import type { StandardScaler } from '../../estimators/types.js';
import { type Feature, joined, numbersOnly, rowsOf, take } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

export function convertStandardScaler(
  graph: GraphBuilder,
  step: StandardScaler,
  features: readonly Feature[],
): Feature[] {
  const { taken, rest } = take(features, step.columns, step.kind);
  let tensor = joined(graph, numbersOnly(taken, step.kind));
  const shape = [step.columns.length, 1];
  if (step.mean)
    tensor = graph.node('Sub', [tensor, graph.doubles('mean', shape, step.mean)], { name: 'standard_scaler/mean' });
  if (step.scale)
    tensor = graph.node('Div', [tensor, graph.doubles('scale', shape, step.scale)], { name: 'standard_scaler/scale' });
  return [...rowsOf(tensor, step.columns), ...rest];
}
