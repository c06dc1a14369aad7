// The columns on their way through the graph: numbers are rows of [k, N] float64 tensors (one row a feature, so that selecting or
// joining features copies whole rows), and each text column is a tensor [N].
import { MlctlError } from '../../errors/error.js';
import type { GraphBuilder } from './graph-builder.js';

export type Feature = NumberFeature | TextFeature;

export interface NumberFeature {
  readonly type: 'number';
  readonly name: string;
  /** The tensor [rows, N] that holds it, and its row there. */
  readonly tensor: string;
  readonly row: number;
  readonly rows: number;
}

export interface TextFeature {
  readonly type: 'text';
  readonly name: string;
  readonly tensor: string;
}

/** The rows of a tensor [names.length, N] as features. */
export function rowsOf(tensor: string, names: readonly string[]): NumberFeature[] {
  return names.map((name, row) => ({ type: 'number', name, tensor, row, rows: names.length }));
}

/** One tensor [features.length, N] of these features, in this order; no node is added if it exists already. */
export function joined(graph: GraphBuilder, features: readonly NumberFeature[]): string {
  const parts: string[] = [];
  for (let i = 0; i < features.length; ) {
    const { tensor, rows } = features[i]!;
    let end = i;
    while (features[end]?.tensor === tensor) end++;
    const taken = features.slice(i, end).map((feature) => feature.row);
    const whole = taken.length === rows && taken.every((row, place) => row === place);
    parts.push(
      whole
        ? tensor
        : graph.node('Gather', [tensor, graph.int64s('rows', [taken.length], taken.map(BigInt))], {
            attributes: { axis: 0n },
          }),
    );
    i = end;
  }
  return parts.length === 1 ? parts[0]! : graph.node('Concat', parts, { attributes: { axis: 0n } });
}

export const namesOf = (features: readonly Feature[]): string[] => features.map((feature) => feature.name);

export function numbersOnly(features: readonly Feature[], step: string): NumberFeature[] {
  return features.map((feature) => {
    if (feature.type === 'number') return feature;
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `writing ${step} as ONNX: the column ${JSON.stringify(feature.name)} is text, expected a number`,
      {
        hint: 'put a one_hot_encoder over it earlier in the pipeline',
      },
    );
  });
}
