// Turns columns into the same columns brought into a range (sklearn.preprocessing.MinMaxScaler).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';

/** x → x · scale + min, column by column, clipped to the range where `clip`. */
export interface MinMaxScaler extends Fitted<'MinMaxScaler'> {
  /** [features] */
  readonly scale_: Float64Array;
  /** [features] */
  readonly min_: Float64Array;
  readonly feature_range: readonly [number, number];
  readonly clip: boolean;
}

export function transformMinMaxScaler({ scale_, min_, feature_range, clip }: MinMaxScaler, frame: Frame): Frame {
  const [low, high] = feature_range;
  return mapNumbers(frame, {
    step: 'min_max_scaler',
    missing: 'allowed',
    keepsZero: false,
    changeOf: (j, single) => {
      const [scale, min] = [scale_[j]!, min_[j]!];
      // float32 rounds after each operation
      const scaled = single ? (x: number) => Math.fround(x * scale) + min : (x: number) => x * scale + min;
      // Math.min and Math.max keep NaN, as numpy's clip does
      return clip ? (x) => Math.min(Math.max(scaled(x), low), high) : scaled;
    },
  });
}

export function invertMinMaxScaler({ scale_, min_ }: MinMaxScaler, frame: Frame): Frame {
  return mapNumbers(frame, {
    step: 'min_max_scaler',
    missing: 'allowed',
    keepsZero: false,
    changeOf: (j, single) => {
      const [scale, min] = [scale_[j]!, min_[j]!];
      return single ? (x) => Math.fround(x - min) / scale : (x) => (x - min) / scale;
    },
  });
}
