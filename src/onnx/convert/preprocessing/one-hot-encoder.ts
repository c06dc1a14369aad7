// Turns a OneHotEncoder into the category's number (LabelEncoder for text; Equal and ArgMax for numbers), then Gather from a 0/1
// table. An unknown category gets the number after the last, and a missing number the one after that: unless unknown categories are
// refused, the table has what becomes of them there. If they are, Gather must fail on an index out of bounds (ONNX operator
// Gather), as scikit-learn raises. The node's name says so in the runtime's message.
import { NOWHERE, type OneHotEncoder, oneHotColumns } from '../../../estimators/preprocessing/one-hot-encoder.js';
import { type Feature, rowsOf } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';
import { categoryIndex } from './category-index.js';

export function convertOneHotEncoder(
  graph: GraphBuilder,
  step: OneHotEncoder,
  features: readonly Feature[],
): Feature[] {
  return features.flatMap((feature, i) => {
    const categories = step.categories_[i] ?? [];
    const { columnOf, names, unknown } = oneHotColumns(step, i);
    if (names.length === 0) return [];
    const index = categoryIndex(graph, feature, categories, 'one_hot_encoder');
    const columns = unknown === null ? [...columnOf] : [...columnOf, unknown, unknown];
    const width = columns.length;
    const table = new Float64Array(names.length * width);
    columns.forEach((row, place) => {
      if (row !== NOWHERE) table[row * width + place] = 1;
    });
    const name = `unknown category in column ${JSON.stringify(feature.name)}`;
    const tensor = graph.node('Gather', [graph.doubles('categories', [names.length, width], table), index], {
      name,
      attributes: { axis: 1n },
    });
    return rowsOf(
      tensor,
      names.map((category) => `${feature.name}_${category}`),
    );
  });
}
