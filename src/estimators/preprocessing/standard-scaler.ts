// Turns columns into the same columns centred and scaled (sklearn.preprocessing.StandardScaler).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { invertScale, scale } from './scale.js';

/** x → (x − mean) / scale, column by column; scale is 1 if the variance is 0. */
export interface StandardScaler extends Fitted<'StandardScaler'> {
  readonly with_mean: boolean;
  readonly with_std: boolean;
  /** [features]; null if neither step is done. It is learned, but not used, if only `with_mean` is false. */
  readonly mean_: Float64Array | null;
  /** [features]; null if `with_std` is false. */
  readonly scale_: Float64Array | null;
}

export const transformStandardScaler = (scaler: StandardScaler, frame: Frame): Frame =>
  scale(frame, 'standard_scaler', appliedBy(scaler));

export const invertStandardScaler = (scaler: StandardScaler, frame: Frame): Frame =>
  invertScale(frame, 'standard_scaler', appliedBy(scaler));

/** What is subtracted and what is divided by; null if it is not done. */
export function appliedBy({ with_mean, with_std, mean_, scale_ }: StandardScaler): {
  readonly mean: Float64Array | null;
  readonly scale: Float64Array | null;
} {
  return { mean: with_mean ? mean_ : null, scale: with_std ? scale_ : null };
}
