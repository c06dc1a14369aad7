// Turns the metrics of two runs into what got better or worse.
import type { MetricChangeDocument } from '../documents/contract.js';

/** Names of metrics by their last words, as scikit-learn and MLflow use them. */
const LESS_IS_BETTER =
  /(?:^|_)(?:loss|error|mse|rmse|mae|mape|msle|brier(?:_score)?|deviance|perplexity|latency)(?:_\w+)?$/i;
const MORE_IS_BETTER = /(?:^|_)(?:acc|accuracy|precision|recall|f1|score|auc|ap|kappa|mcc|r2)(?:_\w+)?$/i;

/** Those that both have, as numbers. */
export function compareMetrics(
  before: ReadonlyMap<string, { readonly value: number }>,
  after: ReadonlyMap<string, { readonly value: number }>,
): MetricChangeDocument[] {
  return [...before].flatMap(([name, { value: was }]) => {
    const is = after.get(name)?.value;
    if (is === undefined || !Number.isFinite(was) || !Number.isFinite(is)) return [];
    const sign = LESS_IS_BETTER.test(name) ? -1 : MORE_IS_BETTER.test(name) ? 1 : 0;
    const gain = (is - was) * sign;
    const change = is === was ? 'same' : sign === 0 ? 'unknown' : gain > 0 ? 'better' : 'worse';
    return [{ name, before: was, after: is, change } as const];
  });
}
