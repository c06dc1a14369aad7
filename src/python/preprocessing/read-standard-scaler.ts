// Turns what Python saved of a StandardScaler into its value.
import type { StandardScaler } from '../../estimators/preprocessing/standard-scaler.js';
import type { Attributes } from '../attributes.js';

export function readStandardScaler(attributes: Attributes): StandardScaler {
  const width = attributes.get('n_features_in_').integer(1);
  return {
    ...attributes.fitted('StandardScaler', width),
    with_mean: attributes.get('with_mean').flag(),
    with_std: attributes.get('with_std').flag(),
    mean_: attributes.maybe('mean_')?.vector(width) ?? null,
    scale_: attributes.maybe('scale_')?.vector(width) ?? null,
  };
}
