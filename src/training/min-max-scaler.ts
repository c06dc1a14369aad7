// A frame to a fitted min-max scaler: the factor and offset that bring each column's range to `feature_range`.
import { MlctlError } from '../errors/error.js';
import { type Frame, numericColumns } from '../estimators/frame.js';
import type { MinMaxScaler } from '../estimators/types.js';
import type { MinMaxScalerParams } from '../recipe/recipe-types.js';

export function fitMinMaxScaler(frame: Frame, columns: readonly string[], params: MinMaxScalerParams): MinMaxScaler {
  const [low, high] = params.feature_range;
  const scale = new Float64Array(columns.length);
  const min = new Float64Array(columns.length);
  numericColumns(frame, columns, 'min_max_scaler').forEach((values, j) => {
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (const x of values) {
      if (x < least) least = x;
      if (x > greatest) greatest = x;
    }
    if (least > greatest) throw allMissing('min_max_scaler', columns[j]!);
    const range = greatest - least;
    // scikit-learn takes a range below 10 ε for no range at all
    scale[j] = (high - low) / (range < 10 * Number.EPSILON ? 1 : range);
    min[j] = low - least * scale[j]!;
  });
  return { kind: 'min_max_scaler', columns, scale, min, featureRange: [low, high], clip: params.clip };
}

export function allMissing(step: string, column: string): MlctlError {
  return new MlctlError('DATA_INVALID', `${step}: column "${column}" has no value at all in the rows to train on`, {
    hint: `leave the column out: data: { drop: [${JSON.stringify(column)}] }`,
    details: { column },
  });
}
