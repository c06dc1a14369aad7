// Turns features into the class whose own classifier is the surest, or into each of several labels (OneVsRestClassifier).
import type { Method, Parts, Row } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { sideBySide } from '../frames/side-by-side.js';
import { decidedClasses } from '../labels/decided-classes.js';
import { labelsAbove } from '../labels/labels-above.js';
import type { Prediction, Scores } from '../prediction.js';
import { normaliseRows } from '../probabilities/normalise-rows.js';
import { binaryScores, binaryThreshold } from './binary-scores.js';

export interface OneVsRestClassifier extends Fitted<'OneVsRestClassifier'> {
  /** One a class; a single one for two classes. */
  readonly estimators_: readonly Part[];
  readonly classes_: AnyLabels;
  /** Each class is a label of its own, which a row may have or not. */
  readonly multilabel: boolean;
}

/** One column of scores stays in one dimension. */
function scoresOf(columns: readonly Float64Array[], rows: number): Scores {
  if (columns.length === 1) return { values: columns[0]!, width: null };
  return sideBySide(
    rows,
    columns.map((values) => ({ values, width: 1 })),
  );
}

function predict({ estimators_, classes_, multilabel }: OneVsRestClassifier, frame: Frame, parts: Parts): Prediction {
  const scores = estimators_.map((estimator) => binaryScores(estimator, frame, parts));
  const threshold = binaryThreshold(estimators_[0]!, parts);
  const all = scoresOf(scores, frame.rows);
  if (multilabel) return labelsAbove(threshold, all.values, scores.length);
  return decidedClasses(classes_, all, (score) => score > threshold);
}

/** Of classes that exclude each other, the probabilities of a row add up to 1, unless all are 0. */
function probabilities({ estimators_, multilabel }: OneVsRestClassifier, frame: Frame, parts: Parts): Scores {
  const chances = estimators_.map((estimator) =>
    parts.predict_proba(estimator, frame).values.filter((_, at) => at % 2 === 1),
  );
  const columns = chances.length === 1 ? [chances[0]!.map((chance) => 1 - chance), chances[0]!] : chances;
  const made = scoresOf(columns, frame.rows);
  if (!multilabel) normaliseRows(made.values, columns.length, 'zero');
  return made;
}

function decisions({ estimators_ }: OneVsRestClassifier, frame: Frame, parts: Parts): Scores {
  return scoresOf(
    estimators_.map((estimator) => parts.decision_function(estimator, frame).values),
    frame.rows,
  );
}

export const ONE_VS_REST_ROW: Row<OneVsRestClassifier> = {
  role: 'classifier',
  anyWidth: true,
  predict,
  predict_proba: probabilities,
  decision_function: decisions,
  has: ({ estimators_ }, method: Method, parts) => method === 'predict' || parts.has(estimators_[0]!, method),
};
