// MinMaxScaler → Mul, Add and, where it clips, Clip.
import type { MinMaxScaler } from '../../estimators/types.js';
import { type Feature, joined, numbersOnly, rowsOf, take } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

export function convertMinMaxScaler(graph: GraphBuilder, step: MinMaxScaler, features: readonly Feature[]): Feature[] {
  const { taken, rest } = take(features, step.columns, step.kind);
  const shape = [step.columns.length, 1];
  const scaled = graph.node(
    'Mul',
    [joined(graph, numbersOnly(taken, step.kind)), graph.doubles('scale', shape, step.scale)],
    { name: 'min_max_scaler/scale' },
  );
  let tensor = graph.node('Add', [scaled, graph.doubles('min', shape, step.min)], { name: 'min_max_scaler/min' });
  if (step.clip) {
    const [low, high] = step.featureRange;
    tensor = graph.node('Clip', [tensor, graph.doubles('low', [], [low]), graph.doubles('high', [], [high])], {
      name: 'min_max_scaler/clip',
    });
  }
  return [...rowsOf(tensor, step.columns), ...rest];
}
