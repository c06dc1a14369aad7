// Turns features into their products with learned directions, centred before and scaled afterwards: PCA and its like.
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import { linearScoresOf } from '../linear-model/linear-scores.js';
import { stepName } from '../step-name.js';

export interface Projection<Kind extends string> extends Fitted<Kind> {
  /** Row-major, components × features. */
  readonly components_: Float64Array;
  /** One a component. */
  readonly n_components: number;
  /** What is taken away from each feature; null if nothing is. */
  readonly mean_: Float64Array | null;
  /** What each component is divided by; null if it is kept. */
  readonly scale: Float64Array | null;
}

export function transformProjection(model: Projection<string>, frame: Frame): Frame {
  const { components_, n_components: count, mean_, scale } = model;
  const width = count === 0 ? 0 : components_.length / count;
  const offset = new Float64Array(count);
  if (mean_)
    for (let k = 0; k < count; k++)
      for (let j = 0; j < width; j++) offset[k]! -= mean_[j]! * components_[k * width + j]!;
  const values = linearScoresOf(frame, components_, offset, { kind: model.kind, dtype: 'float64' });
  if (scale) for (let at = 0; at < values.length; at++) values[at]! /= scale[at % count]!;
  // numpy's products of float32 are float32
  const single = model.dtype === 'float32' && isSingle(frame);
  return frameOfMatrix(frame.rows, count, single ? Float32Array.from(values) : values);
}

/** The same, with the mean taken from each row first, as the classes do that take dense data only. */
export function transformCentred(model: Projection<string>, frame: Frame): Frame {
  const { mean_, kind } = model;
  if (mean_ === null) return transformProjection(model, frame);
  const width = widthOf(frame);
  const centred = matrixOf(frame, stepName(kind)).map((value, at) => value - mean_[at % width]!);
  const single = model.dtype === 'float32' && isSingle(frame);
  const made = single ? Float32Array.from(centred) : centred;
  return transformProjection({ ...model, mean_: null }, frameOfMatrix(frame.rows, width, made));
}
