// Turns the parameter `weights` of estimators of neighbours into its value. A callable is refused.
import type { Weights } from '../../estimators/neighbors/neighbour-weights.js';
import type { Attributes } from '../attributes.js';

export function readWeights(attributes: Attributes): Weights {
  return attributes.maybe('weights')?.choice('uniform', 'distance') ?? 'uniform';
}
