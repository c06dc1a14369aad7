// Turns a ColumnTransformer into its transformers, each over its own columns; columns that pass through need no node.
import type { ColumnTransformer } from '../../../estimators/compose/column-transformer.js';
import type { Parts } from '../converter.js';
import type { Feature } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';
import { weigh } from '../weigh.js';

export function convertColumnTransformer(
  graph: GraphBuilder,
  composed: ColumnTransformer,
  features: readonly Feature[],
  parts: Parts,
): Feature[] {
  return composed.transformers_.flatMap(({ transformer, columns, weight }): readonly Feature[] => {
    if (transformer === 'drop' || columns.length === 0) return [];
    const taken = columns.map((place) => features[place]!);
    const made = transformer === 'passthrough' ? taken : parts.transform(transformer, taken);
    return weigh(graph, made, weight ?? 1, 'column_transformer');
  });
}
