// Turns features into several targets, each by an estimator of its own (MultiOutputClassifier, MultiOutputRegressor).
import { MlctlError } from '../../errors/error.js';
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { sideBySide } from '../frames/side-by-side.js';
import { labelNumbers } from '../labels/label-numbers.js';
import type { Prediction } from '../prediction.js';

export interface MultiOutput<Kind extends string> extends Fitted<Kind> {
  readonly estimators_: readonly Part[];
}

export function predictOutputs({ estimators_, kind }: MultiOutput<string>, frame: Frame, parts: Parts): Prediction {
  const answers = estimators_.map((estimator) => parts.predict(estimator, frame));
  if (kind === 'MultiOutputClassifier') {
    const outputs = answers.map((answer) => {
      if (answer.role === 'classifier') return answer;
      throw new MlctlError('MODEL_UNSUPPORTED', `a part of ${kind} is not a classifier of one target`);
    });
    return { role: 'outputs', outputs };
  }
  const columns = answers.map((answer) => ({ values: labelNumbers(answer), width: 1 }));
  return { role: 'regressor', ...sideBySide(frame.rows, columns) };
}
