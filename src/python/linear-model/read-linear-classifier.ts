// Turns what Python saved of a linear classifier into its value.
import type { AnyLabels } from '../../estimators/fitted.js';
import type { LinearClassifier } from '../../estimators/linear-model/linear-classifier.js';
import type { RidgeClassification } from '../../estimators/linear-model/ridge-classifier.js';
import type { SgdClassifier } from '../../estimators/linear-model/sgd-classifier.js';
import type { Attributes } from '../attributes.js';
import { readTargetLabels } from '../read-target-labels.js';
import { readCoefficients, readIntercepts } from './read-coefficients.js';

/** `coef_` is [1, features] for two classes, else [classes, features]. */
export function readLinearClassifier<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  classes: AnyLabels = attributes.get('classes_').labels(),
): LinearClassifier<Kind> {
  const count = classes.values.length;
  if (count < 2) attributes.get('coef_').fail('a classifier of at least two classes');
  return { ...readScores(kind, attributes, count === 2 ? 1 : count), classes_: classes };
}

function readScores<Kind extends string>(kind: Kind, attributes: Attributes, scores: number) {
  const coef = attributes.get('coef_');
  const { values, rows, width, dtype } = readCoefficients(coef);
  if ((rows ?? 1) !== scores) coef.fail(`${scores} rows of coefficients`);
  return {
    ...attributes.fitted(kind, width),
    dtype,
    coef_: values,
    intercept_: readIntercepts(attributes.get('intercept_'), scores),
  };
}

/** Its classes are those of its label binarizer. */
export function readRidgeClassifier<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
): RidgeClassification<Kind> {
  const { classes, multilabel, outputs } = readTargetLabels(attributes.get('_label_binarizer'));
  if (!multilabel) return { ...readLinearClassifier(kind, attributes, classes), multilabel };
  return { ...readScores(kind, attributes, outputs), classes_: classes, multilabel };
}

/** The loss with logistic probabilities was called 'log' before scikit-learn 1.1, and squared errors 'squared_loss'. */
export function readSgdClassifier(attributes: Attributes): SgdClassifier {
  const loss = attributes
    .get('loss')
    .choice(
      'log_loss',
      'log',
      'modified_huber',
      'hinge',
      'squared_hinge',
      'perceptron',
      'squared_error',
      'squared_loss',
      'huber',
      'epsilon_insensitive',
      'squared_epsilon_insensitive',
    );
  return {
    ...readLinearClassifier('SGDClassifier', attributes),
    loss: loss === 'log' || loss === 'log_loss' ? 'log_loss' : loss === 'modified_huber' ? loss : 'other',
    all_zero: attributes.isBefore(1, 9) ? 'NaN' : 'uniform',
  };
}
