// Turns a column of categories into their positions: LabelEncoder for text; Equal and ArgMax for numbers. An unknown category
// gets the position after the last, and a missing number (unless training saw missing ones) the one after that.
import { DATA_TYPE } from '../../../data/element-types.js';
import { MlctlError } from '../../../errors/error.js';
import type { Categories } from '../../../estimators/preprocessing/category-places.js';
import { type Feature, joined, type NumberFeature, type TextFeature } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

/** [N] int64 */
export function categoryIndex(graph: GraphBuilder, feature: Feature, categories: Categories, step: string): string {
  return feature.type === 'text'
    ? textIndex(graph, feature, categories, step)
    : numberIndex(
        graph,
        feature,
        categories.map((category) => (category === null ? Number.NaN : Number(category))),
        step,
      );
}

/** [N] int64; a missing text (NaN among the categories, else None of Python) is the empty string. */
function textIndex(graph: GraphBuilder, feature: TextFeature, categories: Categories, step: string): string {
  const missing = categories.findIndex(Number.isNaN);
  if (categories.includes('') && categories.some((category) => typeof category !== 'string'))
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `writing ${step} as ONNX: in ${JSON.stringify(feature.name)} it tells an empty text from a missing one, but in a graph they are the same`,
      { hint: 'run the model by its own file: mlctl predict, smoke and load take it as it is' },
    );
  const places = [...categories.keys()].filter((place) => categories[place] !== null || missing < 0);
  return graph.node('LabelEncoder', [feature.tensor], {
    name: `${step}/index`,
    domain: 'ai.onnx.ml',
    attributes: {
      keys_strings: places.map((place) => (typeof categories[place] === 'string' ? categories[place] : '')),
      values_int64s: places.map(BigInt),
      default_int64: BigInt(categories.length),
    },
  });
}

/** [N] int64: the position of the equal category; a last row is 1 if there is none. */
function numberIndex(graph: GraphBuilder, feature: NumberFeature, categories: readonly number[], step: string): string {
  const count = categories.length;
  const row = joined(graph, [feature]);
  let equal = graph.node('Equal', [row, graph.doubles('categories', [count, 1], categories)], {
    name: `${step}/equal`,
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
  const index = graph.node('ArgMax', [all], { name: `${step}/index`, attributes: { axis: 0n, keepdims: 1n } });
  return graph.node('Reshape', [refuseMissing(graph, row, index, categories), graph.int64s('shape', [1], [-1n])]);
}

/**
 * A missing number is not an unknown category: its position is out of bounds of either table, unless training saw missing ones.
 */
function refuseMissing(graph: GraphBuilder, row: string, index: string, categories: readonly number[]): string {
  if (categories.some(Number.isNaN)) return index;
  const beyond = graph.int64s('beyond', [], [BigInt(categories.length + 1)]);
  return graph.node('Where', [graph.node('IsNaN', [row]), beyond, index]);
}
