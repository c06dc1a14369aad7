// Turns what Python saved of a BernoulliRBM into its value.
import type { BernoulliRbm } from '../../estimators/neural-network/bernoulli-rbm.js';
import type { Attributes } from '../attributes.js';

export function readBernoulliRbm(attributes: Attributes): BernoulliRbm {
  const components = attributes.get('components_');
  const { values, rows, width } = components.matrix();
  return {
    ...attributes.fitted('BernoulliRBM', width),
    dtype: components.isFloat32 ? 'float32' : 'float64',
    components_: values,
    intercept_hidden_: attributes.get('intercept_hidden_').vector(rows),
  };
}
