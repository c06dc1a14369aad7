// Turns what Python saved of a naive Bayes classifier of counts or categories into its value.
import type { CategoricalNb } from '../../estimators/naive-bayes/categorical-nb.js';
import type { BernoulliNb, DiscreteNb } from '../../estimators/naive-bayes/discrete-nb.js';
import type { Attributes } from '../attributes.js';

export function readDiscreteNb<Kind extends string>(kind: Kind, attributes: Attributes): DiscreteNb<Kind> {
  const shared = readClasses(attributes);
  const { values, width } = attributes.get('feature_log_prob_').matrix(undefined, shared.classes_.values.length);
  return { ...attributes.fitted(kind, width), ...shared, feature_log_prob_: values };
}

export function readBernoulliNb(attributes: Attributes): BernoulliNb {
  return {
    ...readDiscreteNb('BernoulliNB', attributes),
    binarize: attributes.maybe('binarize')?.number() ?? null,
  };
}

export function readCategoricalNb(attributes: Attributes): CategoricalNb {
  const shared = readClasses(attributes);
  const features = attributes
    .get('feature_log_prob_')
    .items()
    .map((value) => value.matrix(undefined, shared.classes_.values.length).values);
  return { ...attributes.fitted('CategoricalNB', features.length), ...shared, feature_log_prob_: features };
}

function readClasses(attributes: Attributes) {
  const classes = attributes.get('classes_').labels();
  const count = classes.values.length;
  return { classes_: classes, class_log_prior_: attributes.get('class_log_prior_').vector(count) };
}
