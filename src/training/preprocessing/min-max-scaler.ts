// Turns columns into a fitted min-max scaler: the factor and offset that bring the range of each to `feature_range`.
import { type Frame, numericColumns } from '../../estimators/frame.js';
import type { MinMaxScaler } from '../../estimators/preprocessing/min-max-scaler.js';
import { allMissing } from '../all-missing.js';
import { fittedOn } from '../fitted-on.js';

export function fitMinMaxScaler(
  frame: Frame,
  params: { readonly feature_range: readonly [number, number]; readonly clip: boolean },
): MinMaxScaler {
  const [low, high] = params.feature_range;
  const scale = new Float64Array(frame.columns.length);
  const min = new Float64Array(frame.columns.length);
  numericColumns(frame, 'min_max_scaler').forEach(({ name, values }, j) => {
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (const x of values) {
      if (x < least) least = x;
      if (x > greatest) greatest = x;
    }
    if (least > greatest) throw allMissing('min_max_scaler', name);
    const range = greatest - least;
    // scikit-learn takes a range below 10 ε as 0
    scale[j] = (high - low) / (range < 10 * Number.EPSILON ? 1 : range);
    min[j] = low - least * scale[j]!;
  });
  return {
    kind: 'MinMaxScaler',
    ...fittedOn(frame),
    scale_: scale,
    min_: min,
    feature_range: [low, high],
    clip: params.clip,
  };
}
