// StandardScaler → Sub, Div.
import type { StandardScaler } from '../../../estimators/preprocessing/standard-scaler.js';
import { type Feature, joined, namesOf, numbersOnly, rowsOf } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertStandardScaler(
  graph: GraphBuilder,
  { mean_, scale_ }: StandardScaler,
  features: readonly Feature[],
): Feature[] {
  let tensor = joined(graph, numbersOnly(features, 'standard_scaler'));
  const shape = [features.length, 1];
  if (mean_)
    tensor = graph.node('Sub', [tensor, graph.doubles('mean', shape, mean_)], { name: 'standard_scaler/mean' });
  if (scale_)
    tensor = graph.node('Div', [tensor, graph.doubles('scale', shape, scale_)], { name: 'standard_scaler/scale' });
  return rowsOf(tensor, namesOf(features));
}
