// Turns the bytes of a `.cbm` into a checked model.
import { checkOutputs, type Refuse } from '../refuse.js';
import type { FlatTable } from './flat-buffer.js';
import type { CatboostModel, FloatFeature, OneHotColumn } from './model.js';
import { readCbm } from './read-cbm.js';
import { readCtrs } from './read-ctrs.js';
import { readTrees, type Split } from './read-trees.js';

/** Fields of TModelTrees by their numbers (catboost/libs/model/flatbuffers/model.fbs). */
const FIELD = {
  dimensions: 0,
  categories: 4,
  floats: 5,
  oneHots: 6,
  ctrs: 7,
  leafValues: 8,
  texts: 12,
  estimated: 13,
  scale: 14,
  bias: 15,
  biases: 16,
  embeddings: 18,
};

export function readCatboost(bytes: Uint8Array, refuse: Refuse): CatboostModel {
  const { core, ctrTables } = readCbm(bytes, refuse);
  const trees = core.table(1);
  if (trees === null) throw refuse.malformed('the file has no trees');
  for (const [what, field] of [
    ['text', FIELD.texts],
    ['embedding', FIELD.embeddings],
    ['estimated', FIELD.estimated],
  ] as const)
    if (trees.span(field, 4).length > 0)
      throw refuse.unsupported(
        `it has ${what} features, which mlctl cannot compute`,
        'run the model in Python, or train it without them',
      );
  const dimensions = trees.int(FIELD.dimensions, 0);
  if (dimensions < 1) throw refuse.malformed(`it answers ${dimensions} values a row`);
  checkOutputs(dimensions, trees.span(FIELD.leafValues, 8).length, refuse);
  const floats = readFloats(trees.tables(FIELD.floats), refuse);
  const categories = readCategories(trees.tables(FIELD.categories), refuse);
  const oneHots = readOneHots(trees.tables(FIELD.oneHots), categories.numbers, refuse);
  const ctrFeatures = trees.tables(FIELD.ctrs);
  const ctrs = readCtrs(
    ctrFeatures,
    ctrTables,
    { floats: floats.used, floatColumns: floats.columns, categories: categories.numbers },
    refuse,
  );
  const borders = [
    ...floats.used.map((feature) => feature.borders),
    ...oneHots.map(() => HALF),
    ...ctrFeatures.map((feature) => risingFloats(feature, 1, 'a statistic', refuse)),
  ].map((column) => Float64Array.from(column));
  const splits = borders.flatMap((column, i) =>
    Array.from(column, (border, rank): Split => ({ column: i, border, rank: rank + 1 })),
  );
  const names = namesOf([...floats.named, ...categories.named]);
  const used = [...floats.used.map(({ flat }) => flat), ...categories.flats];
  return {
    dimensions,
    floats: floats.used,
    oneHots,
    projections: ctrs.projections,
    ctrs: ctrs.columns,
    categoryFlats: categories.flats,
    borders,
    ...readTrees(trees, splits, borders.length, dimensions, refuse),
    scale: trees.double(FIELD.scale, 1),
    bias: readBias(trees, dimensions, refuse),
    featureNames: names,
    featureCount: Math.max(0, ...used.map((flat) => flat + 1)),
    info: new Map(core.tables(2).map((entry) => [entry.text(0) ?? '', entry.text(1) ?? ''])),
  };
}

/** Between the 0 and 1 of a one-hot column. */
const HALF = Float64Array.of(0.5);

function risingFloats(feature: FlatTable, field: number, what: string, refuse: Refuse): Float32Array {
  const borders = feature.floats(field);
  if (borders.every((border, i) => i === 0 || border > borders[i - 1]!)) return borders;
  throw refuse.malformed(`the borders of ${what} do not rise`);
}

interface Named {
  readonly flat: number;
  readonly name: string | null;
}

/** Data with more columns than this is not data that anybody trained on. */
const MOST_COLUMNS = 1_000_000;

function flatOf(feature: FlatTable, field: number, refuse: Refuse): number {
  const flat = feature.int(field, -1);
  if (flat < 0 || flat >= MOST_COLUMNS) throw refuse.malformed(`a feature is column ${flat} of the data`);
  return flat;
}

function readFloats(features: readonly FlatTable[], refuse: Refuse) {
  const used: FloatFeature[] = [];
  const columns = new Map<number, number>();
  const named: Named[] = [];
  for (const feature of features) {
    const flat = flatOf(feature, 2, refuse);
    named.push({ flat, name: feature.text(4) });
    const borders = risingFloats(feature, 3, `the feature in column ${flat}`, refuse);
    if (borders.length === 0) continue;
    const treatment = feature.byte(0, 0) === 0 ? 0 : feature.byte(5, 0);
    const missing = [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY][treatment];
    if (missing === undefined) throw refuse.malformed(`missing values of column ${flat} are treated as ${treatment}`);
    columns.set(feature.int(1, -1), used.length);
    used.push({ flat, missing, borders });
  }
  return { used, columns, named };
}

function readCategories(features: readonly FlatTable[], refuse: Refuse) {
  const numbers = new Map<number, number>();
  const flats: number[] = [];
  const named: Named[] = [];
  for (const feature of features) {
    const flat = flatOf(feature, 1, refuse);
    named.push({ flat, name: feature.text(2) });
    if (feature.byte(3, 1) === 0) continue;
    numbers.set(feature.int(0, -1), flats.length);
    flats.push(flat);
  }
  return { numbers, flats, named };
}

function readOneHots(
  features: readonly FlatTable[],
  categories: ReadonlyMap<number, number>,
  refuse: Refuse,
): OneHotColumn[] {
  return features.flatMap((feature) => {
    const index = feature.int(0, -1);
    const category = categories.get(index);
    if (category === undefined)
      throw refuse.malformed(`a split asks for the categorical feature ${index}, which is not there`);
    return Array.from(feature.ints(1), (hash) => ({ category, hash }));
  });
}

function readBias(trees: FlatTable, dimensions: number, refuse: Refuse): Float64Array {
  const biases = trees.doubles(FIELD.biases);
  if (biases.length === 0) return new Float64Array(dimensions).fill(trees.double(FIELD.bias, 0));
  if (biases.length !== dimensions)
    throw refuse.malformed(`it has ${biases.length} biases for ${dimensions} values a row`);
  return biases;
}

function namesOf(named: readonly Named[]): (string | null)[] {
  const names: (string | null)[] = [];
  for (const { flat, name } of named) names[flat] = name === '' ? null : name;
  return Array.from(names, (name) => name ?? null);
}
