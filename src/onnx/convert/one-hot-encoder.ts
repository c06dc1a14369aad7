// OneHotEncoder → the category's number (LabelEncoder for text; Equal and ArgMax for numbers), then Gather from a 0/1 table.
// An unknown category gets the number behind the last: with handle_unknown='ignore' the table has a row of zeros there, with
// 'error' it has none, and Gather must fail on an index out of bounds (ONNX operator Gather), as scikit-learn raises.
// The node's name says so in the runtime's message. A missing number fails in either case.
import type { OneHotEncoder } from '../../estimators/types.js';
import { DATA_TYPE } from '../element-types.js';
import { type Feature, joined, type NumberFeature, rowsOf, type TextFeature, take } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

export function convertOneHotEncoder(
  graph: GraphBuilder,
  step: OneHotEncoder,
  features: readonly Feature[],
): Feature[] {
  const { taken, rest } = take(features, step.columns, step.kind);
  const encoded = taken.flatMap((feature, i) => {
    const categories = step.categories[i] ?? [];
    const drop = step.dropIndex[i] ?? -1;
    const kept = categories.map((_, place) => place).filter((place) => place !== drop);
    if (kept.length === 0) return [];
    const index =
      feature.type === 'text'
        ? textIndex(graph, feature, categories)
        : numberIndex(graph, feature, categories.map(Number));
    const width = categories.length + (step.handleUnknown === 'ignore' ? 1 : 0);
    const table = new Float64Array(kept.length * width);
    kept.forEach((place, row) => {
      table[row * width + place] = 1;
    });
    const name = `${step.handleUnknown === 'error' ? 'unknown' : 'missing'} category in column ${JSON.stringify(feature.name)}`;
    const tensor = graph.node('Gather', [graph.doubles('categories', [kept.length, width], table), index], {
      name,
      attributes: { axis: 1n },
    });
    return rowsOf(
      tensor,
      kept.map((place) => `${feature.name}_${categories[place]}`),
    );
  });
  return [...encoded, ...rest];
}

/** [N] int64; a missing text (NaN among the categories) is the empty string. */
function textIndex(graph: GraphBuilder, feature: TextFeature, categories: readonly (string | number)[]): string {
  return graph.node('LabelEncoder', [feature.tensor], {
    name: 'one_hot_encoder/index',
    domain: 'ai.onnx.ml',
    attributes: {
      keys_strings: categories.map((category) => (typeof category === 'string' ? category : '')),
      values_int64s: categories.map((_, place) => BigInt(place)),
      default_int64: BigInt(categories.length),
    },
  });
}

/** [N] int64: the place of the equal category; a last row is 1 where none is. */
function numberIndex(graph: GraphBuilder, feature: NumberFeature, categories: readonly number[]): string {
  const count = categories.length;
  const row = joined(graph, [feature]);
  let equal = graph.node('Equal', [row, graph.doubles('categories', [count, 1], categories)], {
    name: 'one_hot_encoder/equal',
  });
  if (categories.some(Number.isNaN)) {
    const missing = graph.node('And', [
      graph.node('IsNaN', [row]),
      graph.booleans('is_missing', [count, 1], categories.map(Number.isNaN)),
    ]);
    equal = graph.node('Or', [equal, missing]);
  }
  const matches = graph.node('Cast', [equal], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } });
  const none = graph.node('Sub', [
    graph.doubles('one', [], [1]),
    graph.node('ReduceMax', [matches], { attributes: { axes: [0n], keepdims: 1n } }),
  ]);
  const all = graph.node('Concat', [matches, none], { attributes: { axis: 0n } });
  const index = graph.node('ArgMax', [all], { name: 'one_hot_encoder/index', attributes: { axis: 0n, keepdims: 1n } });
  return graph.node('Reshape', [refuseMissing(graph, row, index, categories), graph.int64s('shape', [1], [-1n])]);
}

/** A missing number is no unknown category: its place is out of bounds of either table, unless training saw missing ones. */
function refuseMissing(graph: GraphBuilder, row: string, index: string, categories: readonly number[]): string {
  if (categories.some(Number.isNaN)) return index;
  const beyond = graph.int64s('beyond', [], [BigInt(categories.length + 1)]);
  return graph.node('Where', [graph.node('IsNaN', [row]), beyond, index]);
}
