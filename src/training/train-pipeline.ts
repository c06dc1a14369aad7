// A recipe and a table to a fitted pipeline with its signature, parameters, metrics and everything the plots need.
import type { Table } from '../data/table.js';
import { takeRows } from '../data/take-rows.js';
import { predictPipeline } from '../estimators/pipeline.js';
import type { ClassLabels, FittedPipeline, Prediction } from '../estimators/types.js';
import { recipeParams } from '../recipe/recipe-params.js';
import type { Recipe } from '../recipe/recipe-types.js';
import type { Signature } from '../schema/types.js';
import { type Evaluation, evaluate } from './evaluate.js';
import { selectFeatures } from './features.js';
import { fitPipeline } from './fit-pipeline.js';
import { pipelineSignature } from './signature.js';
import { type Split, shuffleSplit, stratifiedShuffleSplit } from './split.js';
import { readTarget } from './target.js';

export interface Trained extends Evaluation {
  readonly pipeline: FittedPipeline;
  readonly signature: Signature;
  /** As logged: scikit-learn's parameter names, values as Python writes them. */
  readonly params: ReadonlyMap<string, string>;
  /** Row numbers of the data. */
  readonly split: Split;
  readonly testInputs: Table;
  /** One label a test row, of the type of the classes. */
  readonly testTarget: ClassLabels;
  readonly testPrediction: Prediction;
  readonly warnings: readonly string[];
}

/** Deterministic: the same recipe and table give the same bits on every engine. Throws DATA_INVALID or RECIPE_INVALID. */
export function trainPipeline(recipe: Recipe, table: Table): Trained {
  const target = readTarget(table, recipe.data.target);
  const features = selectFeatures(table, recipe);
  const names = (target.classes.values as readonly (bigint | string)[]).map(String);
  const options = { testSize: recipe.split.test_size, randomState: recipe.split.random_state };
  const split = recipe.split.stratify
    ? stratifiedShuffleSplit(target.codes, names, options)
    : shuffleSplit(table.rows, options);
  const codesOf = (rows: Int32Array): Int32Array => rows.map((row) => target.codes[row]!);

  const fitted = fitPipeline(
    recipe.pipeline,
    features.columns,
    takeRows(features.table, split.train),
    target.classes,
    codesOf(split.train),
  );
  const testInputs = takeRows(features.table, split.test);
  const testCodes = codesOf(split.test);
  const testPrediction = predictPipeline(fitted.pipeline, testInputs);
  const evaluation = evaluate(target.classes, testCodes, fitted.pipeline.predictor.classes, testPrediction);
  return {
    ...evaluation,
    pipeline: fitted.pipeline,
    signature: pipelineSignature(fitted.pipeline),
    params: recipeParams(recipe),
    split,
    testInputs,
    testTarget: labelsOf(target.classes, testCodes),
    testPrediction,
    warnings: [...target.warnings, ...fitted.warnings, ...evaluation.warnings],
  };
}

function labelsOf(classes: ClassLabels, codes: Int32Array): ClassLabels {
  const pick = <Value>(values: readonly Value[]): Value[] => Array.from(codes, (k) => values[k]!);
  return classes.type === 'long'
    ? { type: 'long', values: pick(classes.values) }
    : { type: 'string', values: pick(classes.values) };
}
