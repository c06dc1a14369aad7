// Turns features into an answer by a boosting of trees that were grown on bins (sklearn.ensemble.HistGradientBoosting*).
import type { Parts, Row } from '../evaluator.js';
import { exp } from '../exponential.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import { type Frame, numericColumns, pick } from '../frame.js';
import { decidedClasses } from '../labels/decided-classes.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { classProbabilities } from '../probabilities/class-probabilities.js';
import { stepName } from '../step-name.js';
import { addTrees } from '../tree/sum-trees.js';
import { type HistTree, histLeafTableOf, type KnownCategories } from './hist-tree.js';

interface HistGradientBoosting<Kind extends string> extends Fitted<Kind> {
  /** Stage by stage: one tree, or one a class. */
  readonly _predictors: readonly (readonly HistTree[])[];
  /** One number a tree of a stage. */
  readonly _baseline_prediction: Float64Array;
  readonly categories: KnownCategories | null;
  /** Since 1.4: categories become numbers, and their columns come first. */
  readonly encoder: CategoryEncoder | null;
}

interface CategoryEncoder {
  readonly part: Part;
  readonly categorical: readonly number[];
  readonly numerical: readonly number[];
}

export interface HistGradientBoostingClassifier extends HistGradientBoosting<'HistGradientBoostingClassifier'> {
  readonly classes_: AnyLabels;
  /** How a label is chosen: by the raw sums or, before 1.5, by the probabilities. */
  readonly labels: 'raw' | 'chances';
}

export interface HistGradientBoostingRegressor extends HistGradientBoosting<'HistGradientBoostingRegressor'> {
  /** What the raw sum is the logarithm of, or the answer itself. */
  readonly link: 'log' | 'identity';
}

/** Row-major, rows × trees of a stage. */
function rawSums(model: HistGradientBoosting<string>, frame: Frame, parts: Parts): Float64Array {
  const { kind, _predictors: stages, _baseline_prediction: baseline, categories, encoder } = model;
  const width = baseline.length;
  const sums = new Float64Array(frame.rows * width);
  for (let at = 0; at < sums.length; at++) sums[at] = baseline[at % width]!;
  const tables = stages.map((trees) => trees.map((tree) => histLeafTableOf(tree, categories)));
  const encoded = encoder ? encode(encoder, frame, parts, stepName(kind)) : frame;
  addTrees(tables, encoded, { step: stepName(kind), float32: false, missing: 'any' }, 1, sums);
  return sums;
}

function encode({ part, categorical, numerical }: CategoryEncoder, frame: Frame, parts: Parts, step: string): Frame {
  const made = parts.transform(part, pick(frame, categorical));
  return { rows: frame.rows, columns: [...made.columns, ...numericColumns(pick(frame, numerical), step)] };
}

function classSums(model: HistGradientBoostingClassifier, frame: Frame, parts: Parts): Scores {
  const width = model._baseline_prediction.length;
  return { values: rawSums(model, frame, parts), width: width === 1 ? null : width };
}

function classChances(model: HistGradientBoostingClassifier, frame: Frame, parts: Parts): Scores {
  return classProbabilities(classSums(model, frame, parts));
}

function predictClass(model: HistGradientBoostingClassifier, frame: Frame, parts: Parts): ClassPrediction {
  const scores = model.labels === 'raw' ? classSums(model, frame, parts) : classChances(model, frame, parts);
  return decidedClasses(model.classes_, scores);
}

export const HIST_GRADIENT_BOOSTING_CLASSIFIER: Row<HistGradientBoostingClassifier> = {
  role: 'classifier',
  predict: predictClass,
  predict_proba: classChances,
  decision_function: classSums,
};

export const HIST_GRADIENT_BOOSTING_REGRESSOR: Row<HistGradientBoostingRegressor> = {
  role: 'regressor',
  predict: (model, frame, parts) => {
    const sums = rawSums(model, frame, parts);
    return { role: 'regressor', values: model.link === 'log' ? sums.map(exp) : sums, width: null };
  },
};
