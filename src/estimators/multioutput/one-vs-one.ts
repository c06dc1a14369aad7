// Turns features into the class that wins the most votes of classifiers of two classes each (OneVsOneClassifier).
import type { Parts } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatest } from '../greatest.js';
import { labelNumbers } from '../label-numbers.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { binaryScores, binaryThreshold } from './binary-scores.js';

export interface OneVsOneClassifier extends Fitted<'OneVsOneClassifier'> {
  /** One a pair of classes: (0, 1), (0, 2) … (1, 2) …; its labels are 0 and 1. */
  readonly estimators_: readonly Part[];
  readonly classes_: AnyLabels;
}

/** Votes, and less than half a vote for the sum of the scores. */
export function oneVsOneDecisions(model: OneVsOneClassifier, frame: Frame, parts: Parts): Scores {
  const { estimators_, classes_ } = model;
  const count = classes_.values.length;
  const votes = new Float64Array(frame.rows * count);
  const sums = new Float64Array(frame.rows * count);
  let pair = 0;
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++, pair++) {
      const labels = labelNumbers(parts.predict(estimators_[pair]!, frame));
      const scores = binaryScores(estimators_[pair]!, frame, parts);
      for (let i = 0; i < frame.rows; i++) {
        sums[i * count + a]! -= scores[i]!;
        sums[i * count + b]! += scores[i]!;
        if (labels[i] === 0) votes[i * count + a]!++;
        else if (labels[i] === 1) votes[i * count + b]!++;
      }
    }
  const values = votes.map((vote, at) => vote + sums[at]! / (3 * (Math.abs(sums[at]!) + 1)));
  return count === 2 ? { values: values.filter((_, at) => at % 2 === 1), width: null } : { values, width: count };
}

export function predictOneVsOne(model: OneVsOneClassifier, frame: Frame, parts: Parts): ClassPrediction {
  const { values, width } = oneVsOneDecisions(model, frame, parts);
  const threshold = binaryThreshold(model.estimators_[0]!, parts);
  const codes = Int32Array.from({ length: frame.rows }, (_, i) =>
    width === null ? Number(values[i]! > threshold) : greatest(values, i * width, width),
  );
  return { role: 'classifier', classes: model.classes_, codes };
}
