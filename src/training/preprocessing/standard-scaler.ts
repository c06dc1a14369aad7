// Turns columns into a fitted standard scaler: mean and standard deviation (population, ÷ n) of each, without missing values.
import { type Frame, type Numbers, numericColumns } from '../../estimators/frame.js';
import { pairwiseSum } from '../../estimators/pairwise-sum.js';
import type { StandardScaler } from '../../estimators/preprocessing/standard-scaler.js';
import { allMissing } from '../all-missing.js';
import { fittedOn } from '../fitted-on.js';

export function fitStandardScaler(
  frame: Frame,
  params: { readonly with_mean: boolean; readonly with_std: boolean },
): StandardScaler {
  const moments = numericColumns(frame, 'standard_scaler').map(({ name, values }) => {
    const found = momentsOf(values);
    if (found.count === 0) throw allMissing('standard_scaler', name);
    return found;
  });
  return {
    kind: 'StandardScaler',
    ...fittedOn(frame),
    with_mean: params.with_mean,
    with_std: params.with_std,
    mean_: params.with_mean || params.with_std ? Float64Array.from(moments, (m) => m.mean) : null,
    scale_: params.with_std ? Float64Array.from(moments, scaleOf) : null,
  };
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Two passes, the second corrected by the sum of its own deviations (Chan, Golub, LeVeque 1983, formula 1.7). */
function momentsOf(values: Numbers): Moments {
  const present = Float64Array.from(values.some(Number.isNaN) ? values.filter((x) => !Number.isNaN(x)) : values);
  const count = present.length;
  const mean = pairwiseSum(present) / count;
  const deviations = present.map((x) => x - mean);
  const rest = pairwiseSum(deviations);
  for (let i = 0; i < count; i++) deviations[i] = deviations[i]! * deviations[i]!;
  return { count, mean, variance: (pairwiseSum(deviations) - (rest * rest) / count) / count };
}

/** 1 for a column that varies only by rounding errors (sklearn.preprocessing._data._is_constant_feature). */
function scaleOf({ count, mean, variance }: Moments): number {
  const bound = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
  return variance <= bound ? 1 : Math.sqrt(variance);
}
