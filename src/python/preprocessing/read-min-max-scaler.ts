// Turns what Python saved of a MinMaxScaler into its value.
import type { MinMaxScaler } from '../../estimators/preprocessing/min-max-scaler.js';
import type { Attributes } from '../attributes.js';

export function readMinMaxScaler(attributes: Attributes): MinMaxScaler {
  const width = attributes.get('n_features_in_').integer(1);
  const [low, high] = attributes.get('feature_range').vector(2);
  return {
    ...attributes.fitted('MinMaxScaler', width),
    scale_: attributes.get('scale_').vector(width),
    min_: attributes.get('min_').vector(width),
    feature_range: [low!, high!],
    clip: attributes.maybe('clip')?.flag() ?? false,
  };
}
