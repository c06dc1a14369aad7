// Turns an XGBoost model file and the flavor of its package into a model that answers as MLflow's pyfunc does.
import type { Table } from '../../data/table.js';
import { printable } from '../../text/printable.js';
import type { BoosterSums } from '../booster-sums.js';
import { byBlocks, rowsABlock } from '../by-blocks.js';
import { checkCount, checkNames } from '../check-features.js';
import { type CodeOf, featuresOf, quoted } from '../feature-table.js';
import { type Refuse, refuseFile, refuseRows } from '../refuse.js';
import type { FlavorFacts, OpenBooster, Prediction } from '../types.js';
import { codeOfText } from './category-texts.js';
import type { XgboostModel } from './model.js';
import { applyLink, objectiveOf } from './objectives.js';
import { leafAddends, predictMargin } from './predict-margin.js';
import { readXgboost } from './read-xgboost.js';

type Kind = 'booster' | 'classifier' | 'regressor' | 'ranker';

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['xgboost.core.Booster', 'booster'],
  ['xgboost.sklearn.XGBClassifier', 'classifier'],
  ['xgboost.sklearn.XGBRFClassifier', 'classifier'],
  ['xgboost.sklearn.XGBRegressor', 'regressor'],
  ['xgboost.sklearn.XGBRFRegressor', 'regressor'],
  ['xgboost.sklearn.XGBRanker', 'ranker'],
  ['xgboost.sklearn.XGBModel', 'regressor'],
]);

/** `file`: the path of the model file in its package; `facts`: the flavor `xgboost`. */
export function openXgboost(bytes: Uint8Array, facts: FlavorFacts, file: string): OpenBooster {
  const refuse = refuseFile(file);
  const kind = kindOf(facts, refuse);
  const model = readXgboost(bytes, refuse);
  if (kind !== 'booster' && model.estimatorType !== null && model.estimatorType !== kind)
    throw refuse.malformed(`the file holds a ${printable(model.estimatorType, 40)}, but MLmodel names a ${kind}`);
  const rounds = roundsOf(model, kind, refuse);
  const predict = (table: Table): Values =>
    predictValues(model, kind, rounds, kind === 'ranker' ? withoutQid(table) : table);
  return {
    library: 'xgboost',
    featureCount: model.featureCount,
    featureNames: model.featureNames,
    details: {
      version: model.version,
      objective: model.objective,
      booster: model.booster,
      trees: model.trees?.forest.roots.length ?? 0,
      outputs: model.outputs,
      best_iteration: model.bestIteration,
    },
    sums: sumsOf(model, kind, rounds),
    predict: (table) => (kind === 'classifier' ? labels(model, predict(table)) : answer(predict(table))),
    ...(kind === 'classifier' && model.objective !== 'multi:softmax' && model.objective !== 'binary:logitraw'
      ? { predictProbability: (table: Table) => probabilities(predict(table)) }
      : {}),
  };
}

/** Vector leaves, linear boosters and categories are more than sums of trees. */
function sumsOf(model: XgboostModel, kind: Kind, rounds: number | undefined): BoosterSums | null {
  const { trees, outputs, baseScore, categories } = model;
  const { link } = objectiveOf(model.objective)!;
  if (trees === null || trees.leafWidth > 1 || categories.some((texts) => texts !== null)) return null;
  const end = trees.rounds[rounds ?? trees.rounds.length - 1]!;
  const all = Array.from({ length: end }, (_, tree) => tree);
  return {
    trees: Array.from({ length: outputs }, (_, k) => all.filter((tree) => trees.groups[tree] === k)),
    forest: trees.forest,
    values: leafAddends(trees, model, kind !== 'booster'),
    start: Float64Array.from({ length: outputs }, (_, k) => baseScore[k]!),
    single: true,
    divisor: 1,
    link: { kind: link === 'best' ? 'identity' : link, slope: 1 },
    labels: labelsOf(model, kind, link === 'best'),
  };
}

function labelsOf(model: XgboostModel, kind: Kind, isBest: boolean): BoosterSums['labels'] {
  if (isBest) return 'greatest';
  if (kind !== 'classifier') return null;
  if (model.outputs === 1) return 'half';
  return Math.max(2, model.classes) === 2 ? 'each' : 'greatest';
}

function kindOf(facts: FlavorFacts, refuse: Refuse): Kind {
  // MLflow below 1.22 had boosters only, and did not name their class.
  const named = facts['model_class'] ?? 'xgboost.core.Booster';
  const kind = typeof named === 'string' ? KINDS.get(named) : undefined;
  if (kind !== undefined) return kind;
  throw refuse.unsupported(
    `mlctl does not know the class ${JSON.stringify(printable(String(named), 80))} of XGBoost`,
    `log one of ${[...KINDS.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)).join(', ')}`,
  );
}

/** The wrappers stop where early stopping found the best round; a Booster does not. */
function roundsOf(model: XgboostModel, kind: Kind, refuse: Refuse): number | undefined {
  if (kind === 'booster' || model.bestIteration === null || model.trees === null) return undefined;
  const rounds = model.trees.rounds.length - 1;
  if (model.bestIteration >= rounds)
    throw refuse.malformed(`best_iteration is ${model.bestIteration}, but the model has ${rounds} rounds`);
  return model.bestIteration + 1;
}

/** XGBRanker takes the groups of rows in a column of this name, and does not need them to predict. */
function withoutQid(table: Table): Table {
  return { rows: table.rows, columns: table.columns.filter(({ name }) => name !== 'qid') };
}

interface Values {
  readonly values: Float32Array;
  /** 0 if a row has one value, without a dimension of its own. */
  readonly outputs: number;
}

function predictValues(model: XgboostModel, kind: Kind, rounds: number | undefined, table: Table): Values {
  const features = featuresOf(table, (feature) => (kind === 'booster' ? null : codesOf(model, feature)));
  checkCount(features.length, model.featureCount);
  checkNames(features, model.featureNames ?? []);
  const { outputs } = model;
  const { link } = objectiveOf(model.objective)!;
  const each = link === 'best' ? 1 : outputs;
  const values = new Float32Array(table.rows * each);
  const margins = new Float64Array(rowsABlock(table.rows, features.length) * outputs);
  const options = { inPlace: kind !== 'booster', ...(rounds === undefined ? {} : { rounds }) };
  // Boosters and linear models get their rows as a DMatrix, which refuses infinite values.
  const toFloat32 = kind === 'booster' || model.linear !== null ? toFiniteFloat32 : toAnyFloat32;
  byBlocks(features, table.rows, toFloat32, (block, start) => {
    predictMargin(model, block, margins, options);
    applyLink(link, margins, block.count, outputs, values, start * each);
  });
  return { values, outputs: each === 1 ? 0 : each };
}

function toAnyFloat32(values: Float64Array, length: number): boolean {
  let complete = true;
  for (let i = 0; i < length; i++) {
    const value = Math.fround(values[i]!);
    values[i] = value;
    if (Number.isNaN(value)) complete = false;
  }
  return complete;
}

function toFiniteFloat32(values: Float64Array, length: number): boolean {
  const complete = toAnyFloat32(values, length);
  for (let i = 0; i < length; i++)
    if (values[i] === Number.POSITIVE_INFINITY || values[i] === Number.NEGATIVE_INFINITY)
      throw refuseRows('a value is infinite, or too large for float32, which XGBoost refuses');
  return complete;
}

/**
 * Text means what it meant in the data frame of the training; XGBoost refuses a category that it does not know. MLflow gives a
 * Booster no categories.
 */
function codesOf(model: XgboostModel, feature: number): CodeOf | null {
  const texts = model.categories[feature] ?? null;
  if (texts === null) return null;
  return (text) => {
    const code = codeOfText(texts, text);
    if (code !== undefined) return code;
    throw refuseRows(`the category ${quoted(text)} of feature ${feature} was not in the training data`);
  };
}

const answer = ({ values, outputs }: Values): Prediction => ({
  dtype: 'float32',
  values,
  shape: outputs === 0 ? [values.length] : [values.length / outputs, outputs],
});

/** As `XGBClassifier.predict`: the best class, each label above one half, or the softmax's own answer. */
function labels(model: XgboostModel, { values, outputs }: Values): Prediction {
  const classes = Math.max(2, model.classes);
  if (outputs > 0 && classes !== 2) {
    const rows = values.length / outputs;
    const best = new BigInt64Array(rows);
    for (let row = 0; row < rows; row++) {
      let found = 0;
      for (let i = 1; i < outputs; i++) if (values[row * outputs + i]! > values[row * outputs + found]!) found = i;
      best[row] = BigInt(found);
    }
    return { dtype: 'int64', values: best, shape: [rows] };
  }
  if (outputs > 1) {
    const set = Float64Array.from(values, (value) => (value > 0.5 ? 1 : 0));
    return { dtype: 'float64', values: set, shape: [values.length / outputs, outputs] };
  }
  if (model.objective === 'multi:softmax')
    return { dtype: 'int32', values: Int32Array.from(values), shape: [values.length] };
  const set = new BigInt64Array(values.length);
  for (const [i, value] of values.entries()) if (value > 0.5) set[i] = 1n;
  return { dtype: 'int64', values: set, shape: [values.length] };
}

/** As `XGBClassifier.predict_proba`: two columns for two classes. */
function probabilities(found: Values): Prediction {
  if (found.outputs > 1) return answer(found);
  const pairs = new Float32Array(found.values.length * 2);
  for (const [i, value] of found.values.entries()) {
    pairs[i * 2] = 1 - value;
    pairs[i * 2 + 1] = value;
  }
  return { dtype: 'float32', values: pairs, shape: [found.values.length, 2] };
}
