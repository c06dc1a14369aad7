// Turns the joint log-likelihoods of rows and classes into labels and probabilities, as every naive Bayes classifier does.
import type { Row } from '../evaluator.js';
import { exp } from '../exponential.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import { logSumExp } from '../special/log-sum-exp.js';

export interface NaiveBayes<Kind extends string> extends Fitted<Kind> {
  readonly classes_: AnyLabels;
}

/** `likelihoods`: log P(class) + log P(row | class), row-major, rows × classes. */
export function naiveBayesRow<E extends NaiveBayes<string>>(likelihoods: (model: E, frame: Frame) => Float64Array) {
  const logProbabilities = (model: E, frame: Frame) => {
    const values = likelihoods(model, frame);
    const width = model.classes_.values.length;
    for (let from = 0; from < values.length; from += width) {
      const all = logSumExp(values, from, width);
      for (let k = from; k < from + width; k++) values[k] = values[k]! - all;
    }
    return { values, width };
  };
  return {
    role: 'classifier',
    predict: (model, frame) => greatestClasses(model.classes_, likelihoods(model, frame)),
    predict_joint_log_proba: (model, frame) => ({
      values: likelihoods(model, frame),
      width: model.classes_.values.length,
    }),
    predict_log_proba: logProbabilities,
    predict_proba: (model, frame) => {
      const { values, width } = logProbabilities(model, frame);
      return { values: values.map(exp), width };
    },
  } as const satisfies Row<E>;
}
