// Turns features into labels and probabilities by a logistic regression (sklearn.linear_model.LogisticRegression and
// LogisticRegressionCV).
import type { Frame } from '../frame.js';
import { isSingle } from '../frames/is-single.js';
import type { Scores } from '../prediction.js';
import { classProbabilities } from '../probabilities/class-probabilities.js';
import { oneVersusRest } from '../probabilities/one-versus-rest.js';
import { softmaxOf } from '../probabilities/softmax.js';
import { logistic } from '../special/logistic.js';
import { decideLinearClassifier, type LinearClassifier } from './linear-classifier.js';
import { singleProbabilities } from './single-probabilities.js';

/** Probability: logistic of the one score of two classes, or softmax over the scores of more. */
export interface LogisticRegressor<Kind extends string> extends LinearClassifier<Kind> {
  /** What scikit-learn before 1.8 was told to do instead: one class against the others, or a softmax over ± the one score. */
  readonly multi_class?: 'ovr' | 'multinomial';
  /** What one class against the others gives for a row where every probability is zero; 'NaN' before scikit-learn 1.9. */
  readonly all_zero?: 'uniform' | 'NaN';
}

export interface LogisticRegression extends LogisticRegressor<'LogisticRegression'> {
  readonly n_iter_: number;
}

/** Formulas as in scikit-learn's predict_proba. */
export function logisticProbabilities(model: LogisticRegressor<string>, frame: Frame): Scores {
  const scores = decideLinearClassifier(model, frame);
  if (model.multi_class === 'ovr') return oneVersusRest(scores, logistic, model.all_zero ?? 'uniform');
  if (model.multi_class === undefined && model.dtype === 'float32' && isSingle(frame))
    return singleProbabilities(scores);
  const { values, width } = scores;
  if (width !== null || model.multi_class === undefined) return classProbabilities(scores);
  const both = new Float64Array(values.length * 2);
  for (let i = 0; i < values.length; i++) both.set([-values[i]!, values[i]!], 2 * i);
  return softmaxOf(both, 2);
}
