// Turns a StandardScaler into Sub and Div.
import { appliedBy, type StandardScaler } from '../../../estimators/preprocessing/standard-scaler.js';
import { type Feature, joined, namesOf, numbersOnly, rowsOf } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertStandardScaler(
  graph: GraphBuilder,
  scaler: StandardScaler,
  features: readonly Feature[],
): Feature[] {
  const { mean, scale } = appliedBy(scaler);
  let tensor = joined(graph, numbersOnly(features, 'standard_scaler'));
  const shape = [features.length, 1];
  if (mean) tensor = graph.node('Sub', [tensor, graph.doubles('mean', shape, mean)], { name: 'standard_scaler/mean' });
  if (scale)
    tensor = graph.node('Div', [tensor, graph.doubles('scale', shape, scale)], { name: 'standard_scaler/scale' });
  return rowsOf(tensor, namesOf(features));
}
