// Turns features into cosines of random mixtures of them, whose products approach a kernel (RBFSampler and SkewedChi2Sampler).
import { MlctlError } from '../../errors/error.js';
import { log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../is-single.js';
import { productOf } from '../linear-algebra/product.js';
import { stepName } from '../step-name.js';

interface RandomWaves<Kind extends string> extends Fitted<Kind> {
  /** Row-major, features × components. */
  readonly random_weights_: Float64Array;
  readonly random_offset_: Float64Array;
  /** What the cosines are multiplied by. */
  readonly scale: number;
  /** It was fitted on float32, and so it computes in float32 if the rows are float32 too. */
  readonly single: boolean;
}

export type RBFSampler = RandomWaves<'RBFSampler'>;

export interface SkewedChi2Sampler extends RandomWaves<'SkewedChi2Sampler'> {
  readonly skewedness: number;
}

export function transformRBFSampler(model: RBFSampler, frame: Frame): Frame {
  return waves(model, frame, matrixOf(frame, stepName(model.kind)));
}

export function transformSkewedChi2Sampler(model: SkewedChi2Sampler, frame: Frame): Frame {
  const x = matrixOf(frame, stepName(model.kind)).map((value) => {
    if (value > -model.skewedness) return log(value + model.skewedness);
    throw new MlctlError(
      'DATA_INVALID',
      `${stepName(model.kind)}: the value ${value} is not above ${-model.skewedness}`,
    );
  });
  return waves(model, frame, x);
}

function waves(
  { random_weights_, random_offset_, scale, single }: RandomWaves<string>,
  frame: Frame,
  x: Float64Array,
): Frame {
  const count = random_offset_.length;
  const values = productOf(x, random_weights_, random_weights_.length / count, count);
  const round = single && isSingle(frame) ? Math.fround : (value: number): number => value;
  for (let at = 0; at < values.length; at++) {
    const angle = round(round(values[at]!) + random_offset_[at % count]!);
    values[at] = round(round(Math.cos(angle)) * scale);
  }
  return frameOfMatrix(frame.rows, count, values);
}
