// Turns a FeatureUnion into its transformers over all columns, each Mul by its weight.
import type { FeatureUnion } from '../../../estimators/pipeline/feature-union.js';
import type { Parts } from '../converter.js';
import { type Feature, joined, numbersOnly, rowsOf } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertFeatureUnion(
  graph: GraphBuilder,
  union: FeatureUnion,
  features: readonly Feature[],
  parts: Parts,
): Feature[] {
  return union.transformer_list.flatMap(({ transformer, weight }): readonly Feature[] => {
    if (transformer === 'drop') return [];
    const made = transformer === 'passthrough' ? features : parts.transform(transformer, features);
    if (weight === 1 || made.length === 0) return made;
    const tensor = joined(graph, numbersOnly(made, 'feature_union'));
    const weighted = graph.node('Mul', [tensor, graph.doubles('weight', [], [weight])], {
      name: 'feature_union/weight',
    });
    return rowsOf(
      weighted,
      made.map((feature) => feature.name),
    );
  });
}
