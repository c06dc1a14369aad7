// Turns a FeatureUnion into its transformers over all columns, each Mul by its weight.
import type { FeatureUnion } from '../../../estimators/pipeline/feature-union.js';
import type { Parts } from '../converter.js';
import type { Feature } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';
import { weigh } from '../weigh.js';

export function convertFeatureUnion(
  graph: GraphBuilder,
  union: FeatureUnion,
  features: readonly Feature[],
  parts: Parts,
): Feature[] {
  return union.transformer_list.flatMap(({ transformer, weight }): readonly Feature[] => {
    if (transformer === 'drop') return [];
    const made = transformer === 'passthrough' ? features : parts.transform(transformer, features);
    return weigh(graph, made, weight, 'feature_union');
  });
}
