// Turns the text of a LightGBM Booster, or what its scikit-learn wrapper holds, into a model that answers as MLflow's pyfunc does.
import type { Column, Table } from '../../data/table.js';
import { printable } from '../../text/printable.js';
import type { BoosterSums } from '../booster-sums.js';
import { byBlocks } from '../by-blocks.js';
import { checkCount } from '../check-features.js';
import { type CodeOf, featuresOf } from '../feature-table.js';
import { refuseFile, refuseRows } from '../refuse.js';
import type { Answer, FlavorFacts, OpenBooster, Prediction } from '../types.js';
import type { LightgbmModel } from './model.js';
import { predictScores, toRows } from './predict-scores.js';
import { readLightgbm } from './read-lightgbm.js';

/** What a wrapper (LGBMClassifier, LGBMRegressor, LGBMRanker) holds, read by whoever reads its pickle or skops file. */
interface WrapperParts {
  /** `_Booster._handle`, the model's text. */
  readonly text: Uint8Array;
  readonly kind: 'classifier' | 'regressor' | 'ranker';
  /** `_Booster.best_iteration`; -1 without early stopping. */
  readonly bestIteration: number;
  /** `_le.classes_` of a classifier, as one column of an answer. */
  readonly classes?: Answer;
  /** The objective is a function of the user's own: Python answers raw scores. */
  readonly customObjective?: boolean;
}

/** `facts`: the flavor `lightgbm`, whose `data` is the text of a Booster. */
export function openLightgbm(bytes: Uint8Array, facts: FlavorFacts, file: string): OpenBooster {
  const refuse = refuseFile(file);
  const named = facts['model_class'] ?? 'lightgbm.basic.Booster';
  if (named !== 'lightgbm.basic.Booster')
    throw refuse.unsupported(
      `MLmodel names ${JSON.stringify(printable(String(named), 80))}, expected lightgbm.basic.Booster of a text file`,
      'run the model in Python, or log its booster_',
    );
  const model = readLightgbm(bytes, refuse);
  const predict = (table: Table) => scoresOf(model, table, model.iterations);
  return { ...factsOf(model), sums: sumsOf(model, model.iterations, null), predict };
}

/** A model of the scikit-learn API. `file`: for messages. */
export function openLightgbmWrapper(parts: WrapperParts, file: string): OpenBooster {
  const refuse = refuseFile(file);
  const model = readLightgbm(parts.text, refuse);
  const iterations = parts.bestIteration > 0 ? Math.min(parts.bestIteration, model.iterations) : model.iterations;
  const scores = (table: Table): Prediction => scoresOf(model, table, iterations);
  const { classes } = parts;
  if (parts.kind !== 'classifier' || parts.customObjective === true)
    return { ...factsOf(model), sums: sumsOf(model, iterations, null), predict: scores };
  if (classes === undefined) throw refuse.malformed('the classifier has no classes');
  const expected = model.outputs > 1 ? model.outputs : 2;
  if (classes.values.length !== expected && !(expected === 2 && classes.values.length === 1))
    throw refuse.malformed(`the classifier has ${classes.values.length} classes, its trees answer ${expected}`);
  return {
    ...factsOf(model),
    sums: sumsOf(model, iterations, model.outputs > 1 ? 'greatest' : 'half'),
    predict: (table) => labels(classes, scores(table)),
    predictProbability: (table) => probabilities(scores(table)),
  };
}

const factsOf = (model: LightgbmModel) => ({
  library: 'lightgbm' as const,
  featureCount: model.featureNames.length,
  featureNames: model.featureNames,
  details: {
    version: model.version,
    objective: model.objective,
    trees: model.forest.roots.length,
    outputs: model.outputs,
    iterations: model.iterations,
  },
});

function sumsOf(model: LightgbmModel, iterations: number, labels: BoosterSums['labels']): BoosterSums | null {
  const { forest, leafValues, leafModels, outputs, average, link } = model;
  if (leafModels !== null || link.kind === 'other' || model.pandasCategories.length > 0) return null;
  return {
    trees: Array.from({ length: outputs }, (_, k) => Array.from({ length: iterations }, (__, i) => i * outputs + k)),
    forest,
    values: leafValues,
    start: new Float64Array(outputs),
    single: false,
    divisor: average ? iterations : 1,
    link: { kind: link.kind, slope: link.slope },
    labels,
  };
}

function scoresOf(model: LightgbmModel, table: Table, iterations: number): Prediction {
  const codes = codesOf(model, table.columns);
  const features = featuresOf(table, (feature) => codes.get(feature) ?? null);
  checkCount(features.length, model.featureNames.length);
  const values = new Float64Array(table.rows * model.outputs);
  byBlocks(features, table.rows, toRows, (block, start) =>
    predictScores(model, block, values, start * model.outputs, iterations),
  );
  return { dtype: 'float64', values, shape: model.outputs === 1 ? [table.rows] : [table.rows, model.outputs] };
}

/**
 * Text columns are the categorical columns of the training's data frame, in their order; a category that was not there is missing.
 * Python refuses a data frame with another number of them.
 */
function codesOf(model: LightgbmModel, columns: readonly Column[]): Map<number, CodeOf> {
  const texts = columns.flatMap(({ type }, i) => (type === 'string' ? [i] : []));
  const isFrame = columns.length !== 1 || columns[0]!.type !== 'object';
  if (isFrame && texts.length !== model.pandasCategories.length)
    throw refuseRows(`they have ${texts.length} columns of categories, expected ${model.pandasCategories.length}`);
  return new Map(
    texts.map((feature, i) => {
      const codes = new Map(model.pandasCategories[i]!.map((category, code) => [category, code]));
      return [feature, (text: string) => codes.get(text) ?? Number.NaN];
    }),
  );
}

/** The class of the largest probability; the first of several. */
function labels(classes: Answer, { values, shape }: Prediction): Prediction {
  const [rows = 0, outputs = 0] = shape;
  const scores = values as Float64Array;
  const best = Int32Array.from({ length: rows }, (_, row) => {
    if (outputs === 0) return scores[row]! > 1 - scores[row]! ? 1 : 0;
    let found = 0;
    for (let i = 1; i < outputs; i++) if (scores[row * outputs + i]! > scores[row * outputs + found]!) found = i;
    return found;
  });
  return { ...take(classes, best), shape: [rows] };
}

function take(classes: Answer, best: Int32Array): Answer {
  switch (classes.dtype) {
    case 'object':
      return { dtype: 'object', values: Array.from(best, (i) => classes.values[i]!) };
    case 'int64': {
      const values = new BigInt64Array(best.length);
      for (const [row, i] of best.entries()) values[row] = classes.values[i]!;
      return { dtype: 'int64', values };
    }
    case 'int32':
      return { dtype: 'int32', values: best.map((i) => classes.values[i]!) };
    case 'bool':
      return { dtype: 'bool', values: Uint8Array.from(best, (i) => classes.values[i]!) };
    case 'float32':
      return { dtype: 'float32', values: Float32Array.from(best, (i) => classes.values[i]!) };
    default:
      return { dtype: 'float64', values: Float64Array.from(best, (i) => classes.values[i]!) };
  }
}

function probabilities(scores: Prediction): Prediction {
  if (scores.shape.length === 2) return scores;
  const single = scores.values as Float64Array;
  const pairs = new Float64Array(single.length * 2);
  for (const [i, value] of single.entries()) {
    pairs[i * 2] = 1 - value;
    pairs[i * 2 + 1] = value;
  }
  return { dtype: 'float64', values: pairs, shape: [single.length, 2] };
}
