// Turns what Python saved of a logistic regression into its value.
import type { LogisticRegression, LogisticRegressor } from '../../estimators/linear-model/logistic-regression.js';
import type { Attributes } from '../attributes.js';
import { readLinearClassifier } from './read-linear-classifier.js';

export const readLogisticRegression = (attributes: Attributes): LogisticRegression => ({
  ...readLogisticRegressor('LogisticRegression', attributes),
  n_iter_: 0,
});

export function readLogisticRegressor<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
): LogisticRegressor<Kind> {
  const model = readLinearClassifier(kind, attributes);
  // scikit-learn 1.8 took the parameter away
  if (!attributes.has('multi_class')) return model;
  return {
    ...model,
    multi_class: multiClassOf(attributes, model.classes_.values.length),
    all_zero: attributes.isBefore(1, 9) ? 'NaN' : 'uniform',
  };
}

function multiClassOf(attributes: Attributes, classes: number): 'ovr' | 'multinomial' {
  const choice = attributes.get('multi_class').choice('auto', 'deprecated', 'warn', 'ovr', 'multinomial');
  if (choice === 'ovr' || choice === 'warn') return 'ovr';
  if (choice === 'multinomial') return choice;
  const solver = attributes.maybe('solver')?.text();
  // newton-cholesky learned the multinomial loss in scikit-learn 1.6
  const binaryOnly = solver === 'liblinear' || (solver === 'newton-cholesky' && attributes.isBefore(1, 6));
  return classes <= 2 || binaryOnly ? 'ovr' : 'multinomial';
}
