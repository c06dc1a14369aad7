// Turns columns into the same columns brought into a range (sklearn.preprocessing.MinMaxScaler).
import type { Fitted } from '../fitted.js';
import { type Frame, numericColumns } from '../frame.js';

/** x → x · scale + min, column by column, clipped to the range where `clip`. */
export interface MinMaxScaler extends Fitted<'MinMaxScaler'> {
  /** [features] */
  readonly scale_: Float64Array;
  /** [features] */
  readonly min_: Float64Array;
  readonly feature_range: readonly [number, number];
  readonly clip: boolean;
}

export function transformMinMaxScaler(scaler: MinMaxScaler, frame: Frame): Frame {
  const [low, high] = scaler.feature_range;
  const columns = numericColumns(frame, 'min_max_scaler').map((column, j) => {
    const scale = scaler.scale_[j]!;
    const min = scaler.min_[j]!;
    // two passes, because float32 rounds after each
    const values = column.values.map((x) => x * scale).map((x) => x + min);
    // Math.min and Math.max keep NaN, as numpy's clip does
    if (scaler.clip) for (let i = 0; i < values.length; i++) values[i] = Math.min(Math.max(values[i]!, low), high);
    return { ...column, values };
  });
  return { rows: frame.rows, columns };
}
