// Turns features into the class whose own classifier is the surest, or into each of several labels (OneVsRestClassifier).
import type { Method, Parts, Row } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatest } from '../greatest.js';
import type { Prediction, Scores } from '../prediction.js';
import { binaryScores, binaryThreshold } from './binary-scores.js';

export interface OneVsRestClassifier extends Fitted<'OneVsRestClassifier'> {
  /** One a class; a single one for two classes. */
  readonly estimators_: readonly Part[];
  readonly classes_: AnyLabels;
  /** Each class is a label of its own, which a row may have or not. */
  readonly multilabel: boolean;
}

const ZERO_OR_ONE: AnyLabels = { type: 'long', values: [0n, 1n] };

/** Row-major, rows × estimators. */
function sideBySide({ rows }: Frame, columns: readonly Float64Array[]): Scores {
  const width = columns.length;
  const values = new Float64Array(rows * width);
  for (const [k, column] of columns.entries()) for (let i = 0; i < rows; i++) values[i * width + k] = column[i]!;
  return { values, width };
}

function predict({ estimators_, classes_, multilabel }: OneVsRestClassifier, frame: Frame, parts: Parts): Prediction {
  const scores = estimators_.map((estimator) => binaryScores(estimator, frame, parts));
  const threshold = binaryThreshold(estimators_[0]!, parts);
  const above = (column: Float64Array) => Int32Array.from(column, (score) => Number(score > threshold));
  if (multilabel) {
    const outputs = scores.map(
      (column) => ({ role: 'classifier', classes: ZERO_OR_ONE, codes: above(column) }) as const,
    );
    return { role: 'outputs', outputs };
  }
  if (scores.length === 1) return { role: 'classifier', classes: classes_, codes: above(scores[0]!) };
  const { values, width } = sideBySide(frame, scores);
  const codes = Int32Array.from({ length: frame.rows }, (_, i) => greatest(values, i * width!, width!));
  return { role: 'classifier', classes: classes_, codes };
}

/** Of classes that exclude each other, the probabilities of a row add up to 1, unless all are 0. */
function probabilities({ estimators_, multilabel }: OneVsRestClassifier, frame: Frame, parts: Parts): Scores {
  const chances = estimators_.map((estimator) =>
    parts.predict_proba(estimator, frame).values.filter((_, at) => at % 2 === 1),
  );
  const columns = chances.length === 1 ? [chances[0]!.map((chance) => 1 - chance), chances[0]!] : chances;
  const made = sideBySide(frame, columns);
  if (!multilabel) normaliseRows(made.values, columns.length);
  return made;
}

function normaliseRows(values: Float64Array, width: number): void {
  for (let from = 0; from < values.length; from += width) {
    let sum = 0;
    for (let k = from; k < from + width; k++) sum += values[k]!;
    if (sum !== 0) for (let k = from; k < from + width; k++) values[k]! /= sum;
  }
}

function decisions({ estimators_ }: OneVsRestClassifier, frame: Frame, parts: Parts): Scores {
  const columns = estimators_.map((estimator) => parts.decision_function(estimator, frame).values);
  return columns.length === 1 ? { values: columns[0]!, width: null } : sideBySide(frame, columns);
}

export const ONE_VS_REST_ROW: Row<OneVsRestClassifier> = {
  role: 'classifier',
  anyWidth: true,
  predict,
  predict_proba: probabilities,
  decision_function: decisions,
  has: ({ estimators_ }, method: Method, parts) => method === 'predict' || parts.has(estimators_[0]!, method),
};
