// Turns an estimator that a recipe trains and a table into its answer, in the estimator's own precision.
import type { Table } from '../../data/table.js';
import { answerTable } from '../answer.js';
import type { Parts } from '../evaluator.js';
import { type Frame, frameOf } from '../frame.js';
import { partsOf } from '../parts-of.js';
import type { Prediction } from '../prediction.js';
import type { Estimator } from '../types.js';
import { TRAINED_EVALUATORS } from './evaluators.js';

export const TRAINED_PARTS: Parts = partsOf(TRAINED_EVALUATORS);

export const transformFrame = (estimator: Estimator, frame: Frame): Frame => TRAINED_PARTS.transform(estimator, frame);

/** A classifier's probabilities come along, if it has them. */
export function predictFrame(
  estimator: Estimator,
  frame: Frame,
): Prediction & { readonly probabilities: Float64Array | null } {
  const prediction = TRAINED_PARTS.predict(estimator, frame);
  const probabilities =
    prediction.role === 'classifier' && TRAINED_PARTS.has(estimator, 'predict_proba')
      ? TRAINED_PARTS.predict_proba(estimator, frame).values
      : null;
  return { ...prediction, probabilities };
}

/**
 * The answer that an opened model gives: `label` and `probability_<class>` of a classifier, `prediction` of a regressor,
 * `cluster` of a clusterer. Columns that the estimator does not take are ignored.
 */
export function predict(estimator: Estimator, table: Table): Table {
  return answerTable(predictFrame(estimator, frameOf(table, estimator)), table.rows);
}
