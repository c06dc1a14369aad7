// Turns what Python saved of a support vector classifier into its value.
import type { Platt } from '../../estimators/svm/coupled-probabilities.js';
import type { SupportVectorClassifier } from '../../estimators/svm/svc.js';
import type { Attributes } from '../attributes.js';
import { readDualCoefficients, readKernel, readSupportVectors } from './read-support-vectors.js';

export function readSvc<Kind extends string>(kind: Kind, attributes: Attributes): SupportVectorClassifier<Kind> {
  const width = attributes.get('n_features_in_').integer(1);
  const classes = attributes.get('classes_').labels();
  const count = classes.values.length;
  if (count < 2) attributes.get('classes_').fail('at least two classes');
  const pairs = (count * (count - 1)) / 2;
  const kernel = readKernel(attributes);
  const support = readSupportVectors(attributes, kernel, width);
  const sizes = attributes.get('_n_support').places(support.count + 1, count);
  if (sizes.reduce((sum, size) => sum + size, 0) !== support.count)
    attributes.get('_n_support').fail(`${support.count} support vectors in all`);
  const shape = attributes.get('decision_function_shape').choice('ovr', 'ovo');
  const breakTies = attributes.maybe('break_ties')?.flag() ?? false;
  if (breakTies && shape === 'ovo') attributes.get('break_ties').unknown('False');
  return {
    ...attributes.fitted(kind, width),
    ...kernel,
    classes_: classes,
    support_vectors_: support,
    n_support_: sizes,
    dual_coef_: readDualCoefficients(attributes, count - 1, support.count),
    intercept_: attributes.get('_intercept_').vector(pairs),
    decision_function_shape: shape,
    break_ties: breakTies,
    platt: readPlatt(attributes, pairs),
  };
}

/** Only a model that was asked for probabilities has them; scikit-learn 1.9 says 'deprecated' if it was not. */
function readPlatt(attributes: Attributes, pairs: number): Platt | null {
  const asked = attributes.get('probability');
  if (asked.saved === 'deprecated' || !asked.flag()) return null;
  return { probA: attributes.get('_probA').vector(pairs), probB: attributes.get('_probB').vector(pairs) };
}
