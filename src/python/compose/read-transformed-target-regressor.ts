// Turns what Python saved of a TransformedTargetRegressor into its value.
import type { TransformedTargetRegressor } from '../../estimators/compose/transformed-target-regressor.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';

export function readTransformedTargetRegressor(attributes: Attributes, read: ReadPart): TransformedTargetRegressor {
  const regressor = read(attributes.get('regressor_'));
  return {
    kind: 'TransformedTargetRegressor',
    featuresIn: regressor.featuresIn,
    dtype: 'float64',
    regressor_: regressor,
    transformer_: read(attributes.get('transformer_')),
    training_dim: attributes.get('_training_dim').integer(1),
  };
}
