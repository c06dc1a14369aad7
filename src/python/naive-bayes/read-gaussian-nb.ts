// Turns what Python saved of a GaussianNB into its value.
import type { GaussianNb } from '../../estimators/naive-bayes/gaussian-nb.js';
import type { Attributes } from '../attributes.js';

export function readGaussianNb(attributes: Attributes): GaussianNb {
  const classes = attributes.get('classes_').labels();
  const count = classes.values.length;
  const theta = attributes.get('theta_').matrix(undefined, count);
  // scikit-learn before 1.0 called the variances sigma_
  const variances = attributes.get(attributes.has('var_') ? 'var_' : 'sigma_').matrix(theta.width, count);
  return {
    ...attributes.fitted('GaussianNB', theta.width),
    classes_: classes,
    class_prior_: attributes.get('class_prior_').vector(count),
    theta_: theta.values,
    var_: variances.values,
  };
}
