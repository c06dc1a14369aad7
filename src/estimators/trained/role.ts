// Turns an estimator that a recipe trains into the columns of its answer: a pipeline has the role of its last step.
import { MlctlError } from '../../errors/error.js';
import { type AnswerColumn, classColumns, ONE_COLUMN } from '../answer.js';
import type { Pipeline } from '../pipeline/pipeline.js';

import type { Classifier, Estimator } from '../types.js';
import { TRAINED_PARTS } from './predict.js';

/** The estimator that gives the answer: the last step of a pipeline, whose steps are such as a recipe trains. */
export function finalStep(estimator: Estimator): Exclude<Estimator, Pipeline> {
  let at = estimator;
  while (at.kind === 'Pipeline') at = at.steps.at(-1)!.estimator as Estimator;
  return at;
}

/** The columns of `predict`'s answer, in order. */
export function answerColumns(estimator: Estimator): readonly AnswerColumn[] {
  const final = finalStep(estimator);
  switch (TRAINED_PARTS.roleOf(final)) {
    case 'classifier':
      return classColumns((final as Classifier).classes_, TRAINED_PARTS.has(final, 'predict_proba'));
    case 'regressor':
      return [ONE_COLUMN.regressor];
    case 'clusterer':
      return [ONE_COLUMN.clusterer];
    default:
      throw new MlctlError('MODEL_UNSUPPORTED', `${final.kind} transforms, it does not predict`);
  }
}
