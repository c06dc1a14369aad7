// Turns a MinMaxScaler into Mul, Add and, if it clips, Clip.
import type { MinMaxScaler } from '../../../estimators/preprocessing/min-max-scaler.js';
import { type Feature, joined, namesOf, numbersOnly, rowsOf } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertMinMaxScaler(
  graph: GraphBuilder,
  scaler: MinMaxScaler,
  features: readonly Feature[],
): Feature[] {
  const shape = [features.length, 1];
  const scaled = graph.node(
    'Mul',
    [joined(graph, numbersOnly(features, 'min_max_scaler')), graph.doubles('scale', shape, scaler.scale_)],
    { name: 'min_max_scaler/scale' },
  );
  let tensor = graph.node('Add', [scaled, graph.doubles('min', shape, scaler.min_)], { name: 'min_max_scaler/min' });
  if (scaler.clip) {
    const [low, high] = scaler.feature_range;
    tensor = graph.node('Clip', [tensor, graph.doubles('low', [], [low]), graph.doubles('high', [], [high])], {
      name: 'min_max_scaler/clip',
    });
  }
  return rowsOf(tensor, namesOf(features));
}
