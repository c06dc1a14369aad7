// Turns features into labels and probabilities by weighted votes (sklearn.ensemble.AdaBoostClassifier).
import type { Parts, Row } from '../evaluator.js';
import { log } from '../exponential.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { refuseMissing } from '../frames/refuse-missing.js';
import { decidedClasses } from '../labels/decided-classes.js';
import { pairwiseSum } from '../pairwise-sum.js';
import type { Scores } from '../prediction.js';
import { softmaxOf } from '../probabilities/softmax.js';
import { classVotes } from './class-votes.js';

export interface AdaBoostClassifier extends Fitted<'AdaBoostClassifier'> {
  readonly classes_: AnyLabels;
  readonly estimators_: readonly Part[];
  /** One an estimator. */
  readonly estimator_weights_: Float64Array;
  /** `weights`: the sum of all that were ever made, by which the scores are divided. */
  readonly weights: number;
  /** What a vote is worth for the classes that it is not for: part of the weight, or nothing (before 1.3). SAMME.R takes chances. */
  readonly algorithm: 'SAMME' | 'SAMME before 1.3' | 'SAMME.R';
}

/** Row-major, rows × classes. */
function allScores(model: AdaBoostClassifier, frame: Frame, parts: Parts): Float64Array {
  const { classes_: classes, estimators_: estimators, estimator_weights_, algorithm } = model;
  refuseMissing(frame, 'ada_boost_classifier');
  const count = classes.values.length;
  const scores = new Float64Array(frame.rows * count);
  estimators.forEach((part, e) => {
    if (algorithm === 'SAMME.R') {
      addChances(parts.predict_proba(part, frame).values, count, scores);
      return;
    }
    const weight = estimator_weights_[e]!;
    const other = algorithm === 'SAMME' ? (-1 / (count - 1)) * weight : 0;
    const votes = classVotes(part, frame, classes, parts);
    for (let i = 0, at = 0; i < frame.rows; i++)
      for (let k = 0; k < count; k++, at++) scores[at] = scores[at]! + (k === votes[i] ? weight : other);
  });
  return scores.map((score) => score / model.weights);
}

const EPSILON = 2 ** -52;

/** (K − 1) (log p − mean of log p), where no p is below the smallest step. */
function addChances(chances: Float64Array, count: number, to: Float64Array): void {
  const logs = chances.map((p) => log(p < EPSILON ? EPSILON : p));
  for (let from = 0; from < logs.length; from += count) {
    const share = (1 / count) * pairwiseSum(logs, from, count);
    for (let at = from; at < from + count; at++) to[at] = to[at]! + (count - 1) * (logs[at]! - share);
  }
}

/** Of two classes there is one value a row, which is above zero for the second. */
function decisionFunction(model: AdaBoostClassifier, frame: Frame, parts: Parts): Scores {
  const count = model.classes_.values.length;
  if (count === 1) return { values: new Float64Array(frame.rows), width: 1 };
  const values = allScores(model, frame, parts);
  if (count > 2) return { values, width: count };
  return {
    values: Float64Array.from({ length: frame.rows }, (_, i) => -values[2 * i]! + values[2 * i + 1]!),
    width: null,
  };
}

function chances(model: AdaBoostClassifier, frame: Frame, parts: Parts): Scores {
  const { values, width } = decisionFunction(model, frame, parts);
  if (width === 1) return { values: values.fill(1), width };
  if (width !== null)
    return softmaxOf(
      values.map((value) => value / (width - 1)),
      width,
    );
  return softmaxOf(
    Float64Array.from(
      { length: values.length * 2 },
      (_, at) => (at % 2 === 0 ? -values[at >> 1]! : values[at >> 1]!) / 2,
    ),
    2,
  );
}

export const ADA_BOOST_CLASSIFIER: Row<AdaBoostClassifier> = {
  role: 'classifier',
  decision_function: decisionFunction,
  predict_proba: chances,
  predict: (model, frame, parts) => decidedClasses(model.classes_, decisionFunction(model, frame, parts)),
};
