// Turns a recipe and a table into a fitted pipeline with its signature, parameters, evaluation and everything the plots need.
import { lineOf } from '../data/csv/row-lines.js';
import type { Column, Table } from '../data/table.js';
import { takeRows } from '../data/take-rows.js';
import type { TrainingTable } from '../data/training-table.js';
import { RowError } from '../errors/row-error.js';
import { answerTable, labelsOf } from '../estimators/answer.js';
import type { FeatureColumn } from '../estimators/feature-column.js';
import type { ClassLabels } from '../estimators/fitted.js';
import { type Frame, frameOf } from '../estimators/frame.js';
import { MissingValuesError } from '../estimators/missing-values-error.js';
import type { Pipeline } from '../estimators/pipeline/pipeline.js';
import { TextColumnsError } from '../estimators/text-columns-error.js';
import type { Signature } from '../schema/types.js';
import { estimatorSignature } from '../training/estimator-signature.js';
import { type ClassEvaluation, evaluateClasses } from '../training/evaluate-classes.js';
import { evaluateValues, type ValueEvaluation } from '../training/evaluate-values.js';
import { selectFeatures } from '../training/select-features.js';
import type { Split } from '../training/split.js';
import { readTarget, type Target, takeTarget } from '../training/target.js';
import type { Work } from '../work.js';
import { explainMissingValues } from './explain-missing-values.js';
import { explainTextColumns } from './explain-text-columns.js';
import { fitSteps } from './fit-steps.js';
import { type Answered, predictInParts } from './predict-in-parts.js';
import { recipeParams } from './recipe-params.js';
import { recipeRole } from './recipe-role.js';
import type { Recipe } from './recipe-types.js';
import { splitRows } from './split-rows.js';

export interface Trained {
  readonly estimator: Pipeline;
  /** The columns of the data that the pipeline takes. */
  readonly inputs: readonly FeatureColumn[];
  readonly signature: Signature;
  /** As logged: scikit-learn's parameter names, values as Python writes them. */
  readonly params: ReadonlyMap<string, string>;
  readonly evaluation: ClassEvaluation | ValueEvaluation;
  /** Row numbers of the data. */
  readonly split: Split;
  /** What the pipeline takes, for all rows of the data. */
  readonly inputTable: Table;
  readonly target: Target;
  readonly testInputs: Table;
  /** The true labels or quantities of the test rows. */
  readonly testTarget: Column;
  /** The estimator's answers for the test rows. */
  readonly testAnswer: Table;
  readonly warnings: readonly string[];
}

/** Says what it is doing between its parts. Deterministic: the same recipe and table give the same bits on every engine. Throws DATA_INVALID or RECIPE_INVALID. */
export function* trainRecipe(recipe: Recipe, table: TrainingTable): Work<Trained> {
  const { lines } = table;
  return yield* aboutRows(train(recipe, table), (error) => error.at(error.row, lines && lineOf(lines, error.row)));
}

/** An error about a row of a part of the table says which row of the whole it is. */
function* aboutRows<T>(work: Work<T>, placed: (error: RowError) => RowError): Work<T> {
  try {
    return yield* work;
  } catch (error) {
    throw error instanceof RowError ? placed(error) : error;
  }
}

function* train(recipe: Recipe, table: TrainingTable): Work<Trained> {
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const role = recipeRole(recipe);
  const target = readTarget(table, recipe.data, role, warn);
  const features = selectFeatures(table, recipe.data, role);
  yield 'splitting';
  const split = splitRows(recipe.split, target, table.rows);
  const featuresIn = { names: features.columns.map((column) => column.name) };
  const frameOfRows = (rows: Table): Frame => frameOf(rows, { kind: 'Pipeline', featuresIn, dtype: 'float64' });

  const training = { target: takeTarget(target, split.train), warn };
  const trainFrame = frameOfRows(takeRows(features.table, split.train));
  const estimator = yield* aboutRows(
    explained(features.table, table.lines, fitSteps(recipe.pipeline, trainFrame, training, 'pipeline')),
    (error) => error.at(split.train[error.row]!),
  );
  yield 'evaluating';
  const testInputs = takeRows(features.table, split.test);
  const prediction = yield* aboutRows(
    explained(features.table, table.lines, predictInParts(estimator, frameOfRows(testInputs))),
    (error) => error.at(split.test[error.row]!),
  );
  yield;
  const evaluation = yield* evaluate(target, split.test, prediction);
  return {
    estimator,
    inputs: features.columns,
    signature: estimatorSignature(estimator, features.columns),
    params: recipeParams(recipe),
    evaluation,
    split,
    inputTable: features.table,
    target,
    testInputs,
    testTarget: { name: recipe.data.target, ...truth(target, split.test) },
    testAnswer: answerTable(prediction, testInputs.rows),
    warnings: [...warnings, ...evaluation.warnings],
  };
}

/** Of text and missing values that a step does not take, all rows are told of, and not only those that were trained on. */
function* explained<T>(table: Table, lines: TrainingTable['lines'], work: Work<T>): Work<T> {
  try {
    return yield* work;
  } catch (error) {
    if (error instanceof TextColumnsError) throw explainTextColumns(error, table, lines);
    throw error instanceof MissingValuesError ? explainMissingValues(error, table, lines) : error;
  }
}

function* evaluate(target: Target, rows: Int32Array, prediction: Answered): Work<ClassEvaluation | ValueEvaluation> {
  if (target.role === 'regressor' && prediction.role === 'regressor')
    return evaluateValues(
      Float64Array.from(rows, (row) => target.values[row]!),
      prediction.values as Float64Array,
    );
  if (target.role !== 'classifier' || prediction.role !== 'classifier')
    throw new TypeError(`a ${prediction.role} was trained, but the target is for a ${target.role}`);
  const labels: readonly (bigint | string)[] = target.classes.values;
  const placeOf = new Map(labels.map((label, place) => [label, place]));
  const learned = prediction.classes as ClassLabels;
  const places = Array.from<bigint | string, number>(learned.values, (label) => placeOf.get(label)!);
  return yield* evaluateClasses(
    target.classes,
    rows.map((row) => target.codes[row]!),
    {
      learned,
      codes: prediction.codes.map((code) => places[code]!),
      probabilities: prediction.probabilities,
    },
  );
}

function truth(target: Target, rows: Int32Array) {
  if (target.role === 'regressor')
    return { type: 'double', values: Float64Array.from(rows, (row) => target.values[row]!) } as const;
  return labelsOf(
    target.classes,
    rows.map((row) => target.codes[row]!),
  );
}
