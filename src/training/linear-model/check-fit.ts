// Data and a fit to what it learned, or to why there is nothing to learn from.
import { MlctlError } from '../../errors/error.js';
import type { LinearData, LinearFit } from './solve-linear.js';

export function checkFit(step: string, data: LinearData, fit: (data: LinearData) => LinearFit): LinearFit {
  if (data.features === 0)
    throw new MlctlError('DATA_INVALID', `${step} needs at least one feature; the data has only the target`);
  if (data.rows === 0) throw new MlctlError('DATA_INVALID', `${step} needs at least one row to train on`);
  const learned = fit(data);
  if (!Number.isFinite(learned.intercept) || !learned.coef.every(Number.isFinite))
    throw new MlctlError(
      'DATA_INVALID',
      `${step} overflowed: the features or the target are too large for float64 sums`,
      { hint: 'put standard_scaler in front, or give the target in a larger unit' },
    );
  return learned;
}
