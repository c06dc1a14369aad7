// Turns a OneHotEncoder into the category's number (LabelEncoder for text; Equal and ArgMax for numbers), then Gather from a 0/1
// table. An unknown category gets the number after the last: with handle_unknown='ignore' the table has a row of zeros there.
// With 'error' it does not, and Gather must fail on an index out of bounds (ONNX operator Gather), as scikit-learn raises. The
// node's name says so in the runtime's message. A missing number fails in either case.
import { keptCategories, type OneHotEncoder } from '../../../estimators/preprocessing/one-hot-encoder.js';
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
    const kept = keptCategories(step, i);
    if (kept.length === 0) return [];
    const index = categoryIndex(graph, feature, categories, 'one_hot_encoder');
    const width = categories.length + (step.handle_unknown === 'ignore' ? 1 : 0);
    const table = new Float64Array(kept.length * width);
    kept.forEach((place, row) => {
      table[row * width + place] = 1;
    });
    const name = `${step.handle_unknown === 'error' ? 'unknown' : 'missing'} category in column ${JSON.stringify(feature.name)}`;
    const tensor = graph.node('Gather', [graph.doubles('categories', [kept.length, width], table), index], {
      name,
      attributes: { axis: 1n },
    });
    return rowsOf(
      tensor,
      kept.map((place) => `${feature.name}_${categories[place]}`),
    );
  });
}
