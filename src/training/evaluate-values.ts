// Turns the predicted quantities of the test rows into metrics and residuals.
import { regressionMetrics } from './regression-metrics.js';

export interface ValueEvaluation {
  readonly role: 'regressor';
  /** val_rmse, val_mae, val_r2, val_mape. */
  readonly metrics: ReadonlyMap<string, number>;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly warnings: readonly string[];
}

export function evaluateValues(actual: Float64Array, predicted: Float64Array): ValueEvaluation {
  const metrics = regressionMetrics(actual, predicted);
  const warnings = metrics.has('val_r2')
    ? []
    : ['val_r2 is left out because it needs two test rows and there is one: raise split.test_size'];
  return { role: 'regressor', metrics, actual, predicted, warnings };
}
