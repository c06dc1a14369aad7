// Turns columns into the same columns centred and scaled (sklearn.preprocessing.StandardScaler).
import type { Fitted } from '../fitted.js';
import { type Frame, numericColumns } from '../frame.js';

/** x → (x − mean) / scale, column by column; scale is 1 if the variance is 0. */
export interface StandardScaler extends Fitted<'StandardScaler'> {
  readonly with_mean: boolean;
  readonly with_std: boolean;
  /** [features]; null if neither step is done. It is learned, but not used, if only `with_mean` is false. */
  readonly mean_: Float64Array | null;
  /** [features]; null if `with_std` is false. */
  readonly scale_: Float64Array | null;
}

export function transformStandardScaler(scaler: StandardScaler, frame: Frame): Frame {
  const { mean, scale } = appliedBy(scaler);
  const columns = numericColumns(frame, 'standard_scaler').map((column, j) => {
    const { values } = column;
    // float32 rounds what was learned too (as scikit-learn 1.9 does), and after each operation
    const rounded = (x: number): number => (values instanceof Float32Array ? Math.fround(x) : x);
    const [centre, unit] = [mean && rounded(mean[j]!), scale && rounded(scale[j]!)];
    const centred = centre === null ? values : values.map((x) => x - centre);
    return { ...column, values: unit === null ? centred : centred.map((x) => x / unit) };
  });
  return { rows: frame.rows, columns };
}

/** What is subtracted and what is divided by; null if it is not done. */
export function appliedBy({ with_mean, with_std, mean_, scale_ }: StandardScaler): {
  readonly mean: Float64Array | null;
  readonly scale: Float64Array | null;
} {
  return { mean: with_mean ? mean_ : null, scale: with_std ? scale_ : null };
}
