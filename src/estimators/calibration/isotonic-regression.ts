// Turns one number into another by a line through rising points (sklearn.isotonic.IsotonicRegression).
import type { MlctlError } from '../../errors/error.js';
import { RowError } from '../../errors/row-error.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';

export interface IsotonicRegression extends Fitted<'IsotonicRegression'> {
  /** Rising. */
  readonly X_thresholds_: Float64Array;
  readonly y_thresholds_: Float64Array;
  readonly out_of_bounds: 'nan' | 'clip' | 'raise';
}

/** In float32 if the thresholds are, as scipy interpolates then. */
export function interpolate(model: IsotonicRegression, values: Float64Array): Float64Array {
  const { X_thresholds_: x, y_thresholds_: y, out_of_bounds, dtype } = model;
  const float32 = dtype === 'float32';
  const [low, high] = [x[0]!, x.at(-1)!];
  return values.map((given, row) => {
    let value = float32 ? Math.fround(given) : given;
    if (out_of_bounds === 'clip') value = Math.min(Math.max(value, low), high);
    if (y.length === 1) return y[0]!;
    if (value < low || value > high) {
      if (out_of_bounds === 'raise') throw outOfBounds(value, row);
      return Number.NaN;
    }
    return float32 ? lineInFloat32(x, y, value) : line(x, y, value);
  });
}

const outOfBounds = (value: number, row: number): MlctlError =>
  new RowError(
    'DATA_INVALID',
    (where) => `isotonic_regression: ${where} holds ${value}, beyond the training data`,
    row,
    {
      hint: 'train with out_of_bounds="clip", or leave the row out',
    },
  );

/** The last threshold that is not above the value. */
function placeOf(x: Float64Array, value: number): number {
  let [from, to] = [0, x.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (x[middle]! <= value) from = middle;
    else to = middle;
  }
  return from;
}

/** numpy.interp */
function line(x: Float64Array, y: Float64Array, value: number): number {
  if (Number.isNaN(value)) return value;
  const at = placeOf(x, value);
  if (at === x.length - 1 || x[at] === value) return y[at]!;
  const slope = (y[at + 1]! - y[at]!) / (x[at + 1]! - x[at]!);
  return slope * (value - x[at]!) + y[at]!;
}

/** scipy's own interpolation: between the thresholds around the value, of which the lower one is below it. */
function lineInFloat32(x: Float64Array, y: Float64Array, value: number): number {
  const { fround } = Math;
  const at = placeOf(x, value);
  const low = Math.min(Math.max(x[at] === value ? at - 1 : at, 0), x.length - 2);
  const slope = fround(fround(y[low + 1]! - y[low]!) / fround(x[low + 1]! - x[low]!));
  return fround(fround(slope * fround(value - x[low]!)) + y[low]!);
}

export function predictIsotonic(model: IsotonicRegression, frame: Frame): ValuePrediction {
  const made = interpolate(model, matrixOf(frame, 'isotonic_regression'));
  return { role: 'regressor', values: model.dtype === 'float32' ? Float32Array.from(made) : made, width: null };
}
