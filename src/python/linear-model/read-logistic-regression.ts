// Turns what Python saved of a logistic regression into its value.
import type { LogisticRegression } from '../../estimators/linear-model/logistic-regression.js';
import type { Attributes } from '../attributes.js';

export function readLogisticRegression(attributes: Attributes): LogisticRegression {
  const classes = attributes.get('classes_').labels();
  const scores = classes.values.length === 2 ? 1 : classes.values.length;
  const coef = attributes.get('coef_').matrix(undefined, scores);
  const given = attributes.get('intercept_').vector();
  return {
    ...attributes.fitted('LogisticRegression', coef.width),
    classes_: classes,
    coef_: coef.values,
    intercept_: given.length === scores ? given : new Float64Array(scores).fill(given[0] ?? 0),
    n_iter_: 0,
  };
}
