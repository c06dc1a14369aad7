// Turns the parameter `transformer_weights` of Python into a factor for each name.
import type { Attributes } from '../attributes.js';

export function readWeights(attributes: Attributes): ReadonlyMap<string, number> {
  const weights = attributes.maybe('transformer_weights');
  return new Map(weights?.entries().map(([name, weight]) => [name.text(), weight.number()]));
}
