// Turns columns into the same columns centred and scaled (sklearn.preprocessing.StandardScaler).
import type { Fitted } from '../fitted.js';
import { type Frame, numericColumns } from '../frame.js';

/** x → (x − mean) / scale, column by column; scale is 1 where the variance is 0. */
export interface StandardScaler extends Fitted<'StandardScaler'> {
  /** [features]; null where `with_mean` is false. */
  readonly mean_: Float64Array | null;
  /** [features]; null where `with_std` is false. */
  readonly scale_: Float64Array | null;
}

export function transformStandardScaler(scaler: StandardScaler, frame: Frame): Frame {
  const { mean_, scale_ } = scaler;
  const columns = numericColumns(frame, 'standard_scaler').map((column, j) => {
    // two passes, because float32 rounds after each
    const centred = mean_ ? column.values.map((x) => x - mean_[j]!) : column.values;
    return { ...column, values: scale_ ? centred.map((x) => x / scale_[j]!) : centred };
  });
  return { rows: frame.rows, columns };
}
