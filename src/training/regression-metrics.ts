// Turns true values and predictions into scikit-learn's figures: val_rmse, val_mae, val_r2, val_mape.
import { mean, pairwiseSum } from '../estimators/pairwise-sum.js';

/**
 * val_r2 is left out if there are fewer than two rows. For a constant target it is 1 if every prediction is right, else 0;
 * val_mape divides by ε if a true value is 0 (sklearn.metrics.r2_score, mean_absolute_percentage_error).
 */
export function regressionMetrics(actual: Float64Array, predicted: Float64Array): Map<string, number> {
  const errors = actual.map((value, i) => Math.abs(value - predicted[i]!));
  const squares = errors.map((error) => error * error);
  const metrics = new Map([
    ['val_rmse', Math.sqrt(mean(squares))],
    ['val_mae', mean(errors)],
  ]);
  if (actual.length > 1) metrics.set('val_r2', explained(pairwiseSum(squares), variation(actual)));
  const parts = errors.map((error, i) => error / Math.max(Math.abs(actual[i]!), Number.EPSILON));
  return metrics.set('val_mape', mean(parts));
}

function explained(left: number, whole: number): number {
  if (left === 0) return 1;
  return whole === 0 ? 0 : 1 - left / whole;
}

function variation(values: Float64Array): number {
  const centre = mean(values);
  return pairwiseSum(values.map((value) => (value - centre) * (value - centre)));
}
