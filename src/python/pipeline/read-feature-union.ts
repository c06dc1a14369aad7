// Turns what Python saved of a FeatureUnion into its value.
import type { FeatureUnion } from '../../estimators/pipeline/feature-union.js';
import type { Attributes } from '../attributes.js';
import { readTransformer } from '../compose/read-column-transformer.js';
import { readWeights } from '../compose/read-weights.js';
import type { ReadPart } from '../reader.js';

/** It knows its columns from the first of its parts. */
export function readFeatureUnion(attributes: Attributes, read: ReadPart): FeatureUnion {
  const weights = readWeights(attributes);
  const parts = attributes
    .get('transformer_list')
    .items()
    .map((entry) => {
      const [name, transformer] = entry.items();
      if (!name || !transformer) return entry.fail('a pair of a name and a transformer');
      const own = name.text();
      // None was another word for 'drop'
      const made = transformer.isNone ? 'drop' : readTransformer(transformer, read);
      return { name: own, transformer: made, weight: weights.get(own) ?? 1 };
    });
  const first = parts.map(({ transformer }) => transformer).find((part) => typeof part !== 'string');
  return {
    kind: 'FeatureUnion',
    featuresIn: first?.featuresIn ?? { count: 0 },
    dtype: 'float64',
    transformer_list: parts,
  };
}
