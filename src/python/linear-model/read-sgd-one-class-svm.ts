// Turns what Python saved of a linear one-class model into its value.
import type { SgdOneClassSvm } from '../../estimators/linear-model/sgd-one-class-svm.js';
import type { Attributes } from '../attributes.js';
import { readCoefficients } from './read-coefficients.js';

export function readSgdOneClassSvm(attributes: Attributes): SgdOneClassSvm {
  const { values, rows, width, dtype } = readCoefficients(attributes.get('coef_'));
  if (rows !== null && rows !== 1) attributes.get('coef_').fail('one row of coefficients');
  return {
    ...attributes.fitted('SGDOneClassSVM', width),
    dtype,
    coef_: values,
    offset_: attributes.get('offset_').number(),
  };
}
