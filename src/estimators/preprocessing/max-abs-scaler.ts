// Turns columns into the same columns divided by their greatest size (sklearn.preprocessing.MaxAbsScaler).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';
import { invertScale, scale } from './scale.js';

export interface MaxAbsScaler extends Fitted<'MaxAbsScaler'> {
  /** [features] */
  readonly scale_: Float64Array;
  /** True: what lies beyond −1 and 1 is brought there. */
  readonly clip: boolean;
}

const STEP = 'max_abs_scaler';

export function transformMaxAbsScaler({ scale_, clip }: MaxAbsScaler, frame: Frame): Frame {
  const scaled = scale(frame, STEP, { mean: null, scale: scale_ });
  if (!clip) return scaled;
  return mapNumbers(scaled, {
    step: STEP,
    missing: 'any',
    keepsZero: true,
    changeOf: () => (x) => Math.min(Math.max(x, -1), 1),
  });
}

export const invertMaxAbsScaler = ({ scale_ }: MaxAbsScaler, frame: Frame): Frame =>
  invertScale(frame, STEP, { mean: null, scale: scale_ });
