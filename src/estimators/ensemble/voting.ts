// Turns features into what several estimators of different classes say together (sklearn.ensemble.Voting*).
import { MlctlError } from '../../errors/error.js';
import type { Parts, Row } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { sideBySide } from '../frames/side-by-side.js';
import { greatest } from '../greatest.js';
import { encodedClasses } from '../label-places.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import { pairwiseSum } from '../pairwise-sum.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { classVotes } from './class-votes.js';
import { predictNumbers } from './predict-numbers.js';

interface Voting<Kind extends string> extends Fitted<Kind> {
  /** Without those that were dropped. */
  readonly estimators_: readonly Part[];
  /** One an estimator; null if all count alike. */
  readonly weights: Float64Array | null;
}

export interface VotingClassifier extends Voting<'VotingClassifier'> {
  /** The estimators know the classes by their places in it. */
  readonly classes_: AnyLabels;
  readonly voting: 'hard' | 'soft';
  readonly flatten_transform: boolean;
}

export type VotingRegressor = Voting<'VotingRegressor'>;

/** numpy.average over arrays of one length. */
function average(answers: readonly Float64Array[], weights: Float64Array | null): Float64Array {
  const sums = new Float64Array(answers[0]!.length);
  answers.forEach((values, e) => {
    const weight = weights === null ? 1 : weights[e]!;
    for (let at = 0; at < sums.length; at++) sums[at] = sums[at]! + values[at]! * weight;
  });
  const total = weights === null ? answers.length : pairwiseSum(weights);
  return sums.map((sum) => sum / total);
}

/** What the estimators answer, side by side; `each` is the number of columns of one. */
function columnsOf(answers: readonly ArrayLike<number>[], rows: number, each: number): Frame {
  const { values, width } = sideBySide(
    rows,
    answers.map((own) => ({ values: own, width: each })),
  );
  return frameOfMatrix(rows, width, values);
}

function votesOf(model: VotingClassifier, frame: Frame, parts: Parts): Int32Array[] {
  const numbers = encodedClasses(model.classes_);
  return model.estimators_.map((part) => classVotes(part, frame, numbers, parts));
}

function chances(model: VotingClassifier, frame: Frame, parts: Parts): Scores {
  const all = model.estimators_.map((part) => parts.predict_proba(part, frame));
  const width = model.classes_.values.length;
  if (all.some((scores) => scores.width !== width))
    throw new MlctlError('MODEL_MALFORMED', `voting_classifier: its estimators do not all know ${width} classes`);
  return {
    values: average(
      all.map(({ values }) => values),
      model.weights,
    ),
    width,
  };
}

/** Hard: the class with the most votes, or the greatest sum of weights; the first of equals. */
function predictClass(model: VotingClassifier, frame: Frame, parts: Parts): ClassPrediction {
  if (model.voting === 'soft') return greatestClasses(model.classes_, chances(model, frame, parts).values);
  const votes = votesOf(model, frame, parts);
  const counts = new Float64Array(model.classes_.values.length);
  const codes = new Int32Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    counts.fill(0);
    votes.forEach((places, e) => {
      const place = places[i]!;
      if (place >= 0) counts[place] = counts[place]! + (model.weights?.[e] ?? 1);
    });
    codes[i] = greatest(counts, 0, counts.length);
  }
  return { role: 'classifier', classes: model.classes_, codes };
}

export const VOTING_CLASSIFIER: Row<VotingClassifier> = {
  role: 'classifier',
  anyWidth: true,
  has: ({ voting, flatten_transform }, method) => {
    if (method === 'transform') return voting === 'hard' || flatten_transform;
    return method === 'predict' || voting === 'soft';
  },
  predict: predictClass,
  predict_proba: chances,
  transform: (model, frame, parts) => {
    if (model.voting === 'hard') return columnsOf(votesOf(model, frame, parts), frame.rows, 1);
    const all = model.estimators_.map((part) => parts.predict_proba(part, frame).values);
    return columnsOf(all, frame.rows, model.classes_.values.length);
  },
};

export const VOTING_REGRESSOR: Row<VotingRegressor> = {
  role: 'regressor',
  anyWidth: true,
  predict: ({ estimators_, weights }, frame, parts) => {
    const answers = estimators_.map((part) => predictNumbers(part, frame, parts).values);
    return { role: 'regressor', values: average(answers, weights), width: null };
  },
  transform: ({ estimators_ }, frame, parts) =>
    columnsOf(
      estimators_.map((part) => predictNumbers(part, frame, parts).values),
      frame.rows,
      1,
    ),
};
