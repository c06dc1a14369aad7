// Turns one number into another by a line through rising points (sklearn.isotonic.IsotonicRegression).
import type { MlctlError } from '../../errors/error.js';
import { RowError } from '../../errors/row-error.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { interpolate, lastNotAbove } from '../functions/interpolate.js';
import type { ValuePrediction } from '../prediction.js';

export interface IsotonicRegression extends Fitted<'IsotonicRegression'> {
  /** Rising. */
  readonly X_thresholds_: Float64Array;
  readonly y_thresholds_: Float64Array;
  readonly out_of_bounds: 'nan' | 'clip' | 'raise';
}

/** In float32 if the thresholds are, as scipy interpolates then. */
export function isotonicValues(model: IsotonicRegression, values: Float64Array): Float64Array {
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
    return float32 ? lineInFloat32(x, y, value) : interpolate(value, x, y);
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

/** scipy's own interpolation: between the thresholds around the value, of which the lower one is below it. */
function lineInFloat32(x: Float64Array, y: Float64Array, value: number): number {
  const { fround } = Math;
  const at = lastNotAbove(value, x);
  const low = Math.min(Math.max(x[at] === value ? at - 1 : at, 0), x.length - 2);
  const slope = fround(fround(y[low + 1]! - y[low]!) / fround(x[low + 1]! - x[low]!));
  return fround(fround(slope * fround(value - x[low]!)) + y[low]!);
}

export function predictIsotonic(model: IsotonicRegression, frame: Frame): ValuePrediction {
  const made = isotonicValues(model, matrixOf(frame, 'isotonic_regression'));
  return { role: 'regressor', values: model.dtype === 'float32' ? Float32Array.from(made) : made, width: null };
}
