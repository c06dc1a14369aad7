// Turns the bytes of an XGBoost model file (JSON or UBJSON) into a checked model.
import type { Refuse } from '../refuse.js';
import { readCategoryTexts } from './category-texts.js';
import { Fields } from './fields.js';
import type { Linear, XgboostModel } from './model.js';
import { objectiveOf } from './objectives.js';
import { readJson } from './read-json.js';
import { readTrees } from './read-trees.js';
import { readUbjson } from './read-ubjson.js';
import type { Value } from './value.js';

export function readXgboost(bytes: Uint8Array, refuse: Refuse): XgboostModel {
  const file = new Fields(readFile(bytes, refuse), '', refuse);
  const learner = file.object('learner');
  const parameters = learner.object('learner_model_param');
  const featureCount = parameters.count('num_feature');
  const classes = parameters.count('num_class');
  const outputs = Math.max(classes, parameters.count('num_target', 1), 1);
  const objective = learner.object('objective').text('name');
  const known = objectiveOf(objective);
  if (known === undefined)
    throw refuse.unsupported(`mlctl does not know the objective ${JSON.stringify(objective.slice(0, 80))}`, BRIDGE);
  if ((known.link === 'softmax' || known.link === 'best') && outputs !== classes)
    throw refuse.malformed(`${objective} has ${outputs} outputs, but num_class is ${classes}`);
  if (outputs > MOST_OUTPUTS) throw refuse.beyond(`it answers more than ${MOST_OUTPUTS} values a row`);
  const booster = readBooster(learner.object('gradient_booster'), outputs, featureCount);
  const names = learner.has('feature_names') ? learner.texts('feature_names') : [];
  if (names.length > 0 && names.length !== featureCount)
    throw refuse.malformed(`feature_names has ${names.length} names for ${featureCount} features`);
  const attributes = learner.object('attributes');
  return {
    version: versionOf(file),
    objective,
    ...booster,
    outputs,
    classes,
    baseScore: readBaseScore(parameters.text('base_score'), outputs, refuse, known.margin),
    featureCount,
    featureNames: names.length > 0 ? names : null,
    bestIteration: attributes.has('best_iteration') ? attributes.count('best_iteration') : null,
    estimatorType: readEstimatorType(attributes),
  };
}

const MOST_OUTPUTS = 100_000;
const BRIDGE = 'run the model in Python, or log it as ONNX';

/** Both forms begin with an object; a key of UBJSON begins with the marker of its length. */
function readFile(bytes: Uint8Array, refuse: Refuse): Value {
  const start = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  if (bytes[start] !== 0x7b) {
    const head = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
    if (bytes.length === 0) throw refuse.malformed('the file is empty');
    if (head === 'binf' || head === 'bs64' || bytes.length > 100)
      throw refuse.unsupported(
        'the file is neither JSON nor UBJSON, so it may be of the binary format that XGBoost 3.1 removed',
        'load it in Python with XGBoost 2, save it as .ubj, and log it again',
      );
    throw refuse.malformed('the file is neither JSON nor UBJSON');
  }
  const next = bytes[start + 1];
  const isUbjson = next !== undefined && ((next >= 0x41 && next <= 0x5a) || (next >= 0x61 && next <= 0x7a));
  return isUbjson ? readUbjson(bytes.subarray(start), refuse) : readJson(bytes, refuse);
}

type Booster = Pick<XgboostModel, 'booster' | 'trees' | 'linear' | 'categories'>;

function readBooster(booster: Fields, outputs: number, featureCount: number): Booster {
  const name = booster.text('name');
  if (name === 'gblinear')
    return {
      booster: name,
      trees: null,
      linear: readLinear(booster.object('model'), outputs, featureCount),
      categories: [],
    };
  if (name !== 'gbtree' && name !== 'dart')
    throw booster.refuse.unsupported(`mlctl does not know the booster ${JSON.stringify(name.slice(0, 80))}`, BRIDGE);
  const model = (name === 'dart' ? booster.object('gbtree') : booster).object('model');
  const weights = name === 'dart' ? Float64Array.from(booster.numbers('weight_drop'), Math.fround) : null;
  return {
    booster: name,
    trees: readTrees(model, outputs, featureCount, weights),
    linear: null,
    categories: model.has('cats') ? readCategoryTexts(model.object('cats'), featureCount) : [],
  };
}

const readLinear = (model: Fields, outputs: number, featureCount: number): Linear => ({
  weights: Float64Array.from(model.numbers('weights', (featureCount + 1) * outputs), Math.fround),
});

/** A number, or since 3.1 a list with one number for each output. */
function readBaseScore(
  text: string,
  outputs: number,
  refuse: Refuse,
  margin: ((score: number) => number) | undefined,
): Float64Array {
  const list = /^\s*[[(](.*)[\])]\s*$/s.exec(text);
  const parts = (list === null ? text : list[1]!).split(',');
  const scores = parts.map((part) => (part.trim() === '' ? Number.NaN : Math.fround(Number(part))));
  if (scores.some((score) => !Number.isFinite(score)) || (scores.length !== 1 && scores.length !== outputs))
    throw refuse.malformed(
      `base_score is ${JSON.stringify(text.slice(0, 80))}, expected a number for each of ${outputs} outputs`,
    );
  const margins = scores.map((score) => margin?.(score) ?? score);
  return Float64Array.from({ length: outputs }, (_, i) => margins[i] ?? margins[0]!);
}

function versionOf(file: Fields): string {
  return file.has('version') ? Array.from(file.integers('version')).join('.') : 'unknown';
}

/** What the scikit-learn wrapper keeps of itself, as Python writes JSON: with NaN. */
function readEstimatorType(attributes: Fields): string | null {
  if (!attributes.has('scikit_learn')) return null;
  const { refuse } = attributes;
  const said = readJson(Buffer.from(attributes.text('scikit_learn')), refuse);
  const type = new Fields(said, 'the attribute scikit_learn', refuse).get('_estimator_type');
  return typeof type === 'string' ? type : null;
}
