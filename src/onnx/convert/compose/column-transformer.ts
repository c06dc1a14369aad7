// Turns a ColumnTransformer into its transformers, each over its own columns; columns that pass through need no node.
import type { ColumnTransformer } from '../../../estimators/compose/column-transformer.js';
import type { Parts } from '../converter.js';
import type { Feature } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertColumnTransformer(
  _graph: GraphBuilder,
  composed: ColumnTransformer,
  features: readonly Feature[],
  parts: Parts,
): Feature[] {
  return composed.transformers_.flatMap(({ transformer, columns }) => {
    if (transformer === 'drop' || columns.length === 0) return [];
    const taken = columns.map((place) => features[place]!);
    return transformer === 'passthrough' ? taken : parts.transform(transformer, taken);
  });
}
