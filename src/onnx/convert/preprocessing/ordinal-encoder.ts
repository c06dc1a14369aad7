// Turns an OrdinalEncoder into the category's number, then Gather from a table of what each becomes. An unknown category has the
// number after the last, and a missing number the one after that. Both are out of the table's bounds, and so refused, unless
// there is a value for them.
import { encodedCategories, type OrdinalEncoder } from '../../../estimators/preprocessing/ordinal-encoder.js';
import { type Feature, rowsOf } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';
import { categoryIndex } from './category-index.js';

export function convertOrdinalEncoder(
  graph: GraphBuilder,
  encoder: OrdinalEncoder,
  features: readonly Feature[],
): Feature[] {
  return features.flatMap((feature, j) => {
    const categories = encoder.categories_[j]!;
    const known = encodedCategories(encoder, j);
    const unknown = encoder.unknown_value;
    const table = unknown === null ? known : [...known, unknown, unknown];
    const tensor = graph.node(
      'Gather',
      [graph.doubles('codes', [1, table.length], table), categoryIndex(graph, feature, categories, 'ordinal_encoder')],
      { name: `unknown category in column ${JSON.stringify(feature.name)}`, attributes: { axis: 1n } },
    );
    return rowsOf(tensor, [feature.name]);
  });
}
