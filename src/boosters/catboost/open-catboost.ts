// Turns a `.cbm` and the flavor of its package into a model that answers as MLflow's pyfunc does.
import type { Table } from '../../data/table.js';
import { printable } from '../../text/printable.js';
import { featuresOf } from '../feature-table.js';
import { type Refuse, refuseFile } from '../refuse.js';
import type { FlavorFacts, OpenBooster, Prediction } from '../types.js';
import { answerLabels, type ClassLabels, classLabels } from './class-labels.js';
import type { CatboostModel } from './model.js';
import { type ModelInfo, readModelInfo } from './model-info.js';
import { placeFeatures } from './place-features.js';
import { predictRaw } from './predict-raw.js';
import { readCatboost } from './read-catboost.js';

const TYPES = ['CatBoost', 'CatBoostClassifier', 'CatBoostRegressor', 'CatBoostRanker'] as const;

/** Each value of a row is a label of its own. */
const MULTI_LABEL = new Set(['MultiLogloss', 'MultiCrossEntropy']);

/** `facts`: the flavor `catboost`. */
export function openCatboost(bytes: Uint8Array, facts: FlavorFacts, file: string): OpenBooster {
  const refuse = refuseFile(file);
  const type = typeOf(facts, refuse);
  const model = readCatboost(bytes, refuse);
  const info = readModelInfo(model.info, refuse);
  const classes = type === 'CatBoostClassifier' ? classLabels(info, model.dimensions, refuse) : null;
  const raw = (table: Table): Float64Array => rawOf(model, table);
  return {
    library: 'catboost',
    sums: null,
    featureCount: model.featureCount,
    featureNames: model.featureNames.every((name) => name !== null) ? (model.featureNames as string[]) : null,
    details: {
      loss_function: info.lossFunction,
      trees: model.trees,
      oblivious: model.forest === null,
      outputs: model.dimensions,
      categories: model.categoryFlats.length,
      statistics: model.ctrs.length,
    },
    predict: (table) =>
      classes === null ? regression(model, info, type, raw(table)) : labels(model, info, classes, raw(table)),
    ...(classes === null
      ? {}
      : { predictProbability: (table: Table) => probabilities(model, info, classes, raw(table)) }),
  };
}

function typeOf(facts: FlavorFacts, refuse: Refuse): (typeof TYPES)[number] {
  const format = facts['save_format'] ?? 'cbm';
  if (format !== 'cbm')
    throw refuse.unsupported(
      `the model is saved as ${JSON.stringify(printable(String(format), 40))}, and mlctl reads cbm`,
      'log the model again without format=',
    );
  const named = facts['model_type'];
  const type = TYPES.find((name) => name === named);
  if (type === undefined)
    throw refuse.unsupported(
      `mlctl does not know the class ${JSON.stringify(printable(String(named), 80))} of CatBoost`,
      `log one of ${TYPES.join(', ')}`,
    );
  return type;
}

function rawOf(model: CatboostModel, table: Table): Float64Array {
  return predictRaw(model, placeFeatures(model, featuresOf(table)), table.rows);
}

const shapeOf = (values: Float64Array, width: number): number[] =>
  width === 1 ? [values.length] : [values.length / width, width];

/** Poisson and Tweedie are fitted before the exponential; CatBoost itself, and its ranker, answer raw values always. */
function regression(
  { dimensions }: CatboostModel,
  { lossFunction }: ModelInfo,
  type: string,
  raw: Float64Array,
): Prediction {
  if (type === 'CatBoostRegressor') {
    if (lossFunction === 'Poisson' || lossFunction === 'Tweedie')
      return { dtype: 'float64', values: raw.map(Math.exp), shape: [raw.length] };
    if (lossFunction === 'RMSEWithUncertainty' && dimensions === 2) {
      const values = raw.map((value, i) => (i % 2 === 0 ? value : Math.exp(value * 2)));
      return { dtype: 'float64', values, shape: [raw.length / 2, 2] };
    }
  }
  return { dtype: 'float64', values: raw, shape: shapeOf(raw, dimensions) };
}

function labels(
  { dimensions }: CatboostModel,
  { threshold, lossFunction }: ModelInfo,
  classes: ClassLabels,
  raw: Float64Array,
): Prediction {
  if (dimensions === 1) {
    const found = Int32Array.from(raw, (value) => (value > threshold ? 1 : 0));
    return { ...answerLabels(classes, found), shape: [raw.length] };
  }
  const rows = raw.length / dimensions;
  if (MULTI_LABEL.has(lossFunction)) {
    const values = new BigInt64Array(raw.length);
    for (const [i, value] of raw.entries()) if (value > threshold) values[i] = 1n;
    return { dtype: 'int64', values, shape: [rows, dimensions] };
  }
  const found = Int32Array.from({ length: rows }, (_, row) => bestClass(raw, row * dimensions, classes));
  return { ...answerLabels(classes, found), shape: [rows, 1] };
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The largest value; the lower class of several. */
function bestClass(raw: Float64Array, at: number, { classOfValue }: ClassLabels): number {
  let best = 0;
  for (let i = 1; i < classOfValue.length; i++) {
    const difference = raw[at + i]! - raw[at + best]!;
    if (difference > 0 || (difference === 0 && classOfValue[i]! < classOfValue[best]!)) best = i;
  }
  return classOfValue[best]!;
}

/** Of all classes, those that were not in the training data with 0. */
function probabilities(
  { dimensions }: CatboostModel,
  { lossFunction }: ModelInfo,
  classes: ClassLabels,
  raw: Float64Array,
): Prediction {
  const rows = raw.length / dimensions;
  const width = dimensions === 1 ? 2 : classes.labels.length;
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    if (dimensions === 1) {
      const second = sigmoid(raw[row]!);
      values[row * 2] = 1 - second;
      values[row * 2 + 1] = second;
      continue;
    }
    const own = raw.subarray(row * dimensions, (row + 1) * dimensions);
    const shares =
      lossFunction === 'MultiClassOneVsAll' || MULTI_LABEL.has(lossFunction) ? own.map(sigmoid) : softmax(own);
    for (const [i, share] of shares.entries()) values[row * width + classes.classOfValue[i]!] = share;
  }
  return { dtype: 'float64', values, shape: [rows, width] };
}

function softmax(values: Float64Array): Float64Array {
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const shares = values.map((value) => Math.exp(value - most));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}
