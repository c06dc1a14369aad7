// Turns true classes and predictions into scikit-learn's figures: accuracy, macro precision, recall and F1, log loss, confusion
// matrix.
import { log } from '../estimators/exponential.js';
import { mean } from '../estimators/pairwise-sum.js';

/** Classes are positions 0 … classes − 1 in the sorted list of all classes that occur in the data. */
interface LabelMetrics {
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Counts, row-major: true class × predicted class. */
export function confusionMatrix(actual: Int32Array, predicted: Int32Array, classes: number): Int32Array {
  const counts = new Int32Array(classes * classes);
  for (let i = 0; i < actual.length; i++) counts[actual[i]! * classes + predicted[i]!]!++;
  return counts;
}

/** Macro averages over the classes that occur among the true or the predicted ones; 0 if a ratio has no denominator. */
export function labelMetrics(confusion: Int32Array, classes: number): LabelMetrics {
  const precision: number[] = [];
  const recall: number[] = [];
  const f1: number[] = [];
  let rows = 0;
  let right = 0;
  for (let k = 0; k < classes; k++) {
    const hits = confusion[k * classes + k]!;
    let actual = 0;
    let predicted = 0;
    for (let other = 0; other < classes; other++) {
      actual += confusion[k * classes + other]!;
      predicted += confusion[other * classes + k]!;
    }
    rows += actual;
    right += hits;
    if (actual + predicted === 0) continue;
    precision.push(ratio(hits, predicted));
    recall.push(ratio(hits, actual));
    f1.push(ratio(2 * hits, actual + predicted));
  }
  const average = (values: readonly number[]): number => mean(Float64Array.from(values));
  return { accuracy: ratio(right, rows), precision: average(precision), recall: average(recall), f1: average(f1) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** −mean ln p(true class), p kept within [ε, 1 − ε]. `actual` are positions among the `classes` columns of `probabilities`. */
export function logLoss(actual: Int32Array, probabilities: Float64Array, classes: number): number {
  const losses = new Float64Array(actual.length);
  for (let i = 0; i < losses.length; i++) {
    const p = probabilities[i * classes + actual[i]!]!;
    losses[i] = -log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  }
  return mean(losses);
}
