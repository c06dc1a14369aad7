// Turns an estimator into its role and the columns of its answer: a pipeline has the role of its last step.
import { MlctlError } from '../errors/error.js';
import { type AnswerColumn, classColumns, ONE_COLUMN } from './answer.js';
import { EVALUATORS } from './predict.js';
import type { Classifier, Estimator, Pipeline } from './types.js';

export type Role = 'transformer' | 'classifier' | 'regressor' | 'clusterer';

/** The estimator that gives the answer: the last step of a pipeline. */
export function finalStep(estimator: Estimator): Exclude<Estimator, Pipeline> {
  let at = estimator;
  while (at.kind === 'Pipeline') at = at.steps.at(-1)!.estimator;
  return at;
}

export function roleOf(estimator: Estimator): Role {
  return EVALUATORS[finalStep(estimator).kind].role;
}

/** The columns of `predict`'s answer, in order. */
export function answerColumns(estimator: Estimator): readonly AnswerColumn[] {
  const final = finalStep(estimator);
  const row = EVALUATORS[final.kind];
  switch (row.role) {
    case 'classifier':
      return classColumns((final as Classifier).classes_, row.probabilities);
    case 'regressor':
      return [ONE_COLUMN.regressor];
    case 'clusterer':
      return [ONE_COLUMN.clusterer];
    case 'transformer':
      throw new MlctlError('MODEL_UNSUPPORTED', `${final.kind} transforms, it does not predict`);
  }
}
