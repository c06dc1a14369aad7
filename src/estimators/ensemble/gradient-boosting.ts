// Turns features into the raw sums of a gradient boosting (sklearn.ensemble.GradientBoosting*): where it starts from, and what each
// stage of trees adds to it.
import { MlctlError } from '../../errors/error.js';
import type { Parts, Row } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { decidedClasses } from '../labels/decided-classes.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { pairsOf } from '../probabilities/pairs-of.js';
import { softmaxOf } from '../probabilities/softmax.js';
import { logistic } from '../special/logistic.js';
import { stepName } from '../step-name.js';
import { leafTableOf } from '../tree/leaf-table.js';
import { addTrees } from '../tree/sum-trees.js';
import type { Tree } from '../tree/tree.js';
import { type ClassLink, rawOfChances } from './raw-of-chances.js';

interface GradientBoosting<Kind extends string> extends Fitted<Kind> {
  /** Stage by stage: one tree, or one a class. */
  readonly estimators_: readonly (readonly Tree[])[];
  readonly learning_rate: number;
  readonly init_: Part | 'zero';
}

export interface GradientBoostingClassifier extends GradientBoosting<'GradientBoostingClassifier'> {
  readonly classes_: AnyLabels;
  readonly link: ClassLink;
  /** How a label is chosen of two classes: by the raw sum, where zero is the second class, or by the probabilities. */
  readonly labels: 'raw' | 'chances';
}

export type GradientBoostingRegressor = GradientBoosting<'GradientBoostingRegressor'>;

/** Row-major, rows × trees of a stage. `start` makes the raw sums of the estimator it starts from. */
function rawSums(
  model: GradientBoosting<string>,
  frame: Frame,
  start: (init: Part, single: Frame) => Float64Array,
): Float64Array {
  const { kind, init_, estimators_: stages, learning_rate } = model;
  const step = stepName(kind);
  const sums =
    init_ === 'zero' ? new Float64Array(frame.rows * stages[0]!.length) : start(init_, inFloat32(frame, step));
  const tables = stages.map((trees) => trees.map(leafTableOf));
  addTrees(tables, frame, { step, float32: true, missing: 'refused' }, learning_rate, sums);
  return sums;
}

/** scikit-learn casts X before the first estimator sees it. */
function inFloat32(frame: Frame, step: string): Frame {
  const { sparse } = frame;
  if (sparse) return frameOfCsr(frame.rows, { ...sparse, data: Float32Array.from(sparse.data) });
  const matrix = Float32Array.from(matrixOf(frame, step));
  return frameOfMatrix(frame.rows, matrix.length / Math.max(frame.rows, 1), matrix);
}

function classSums(model: GradientBoostingClassifier, frame: Frame, parts: Parts): Scores {
  const width = model.estimators_[0]!.length;
  const values = rawSums(model, frame, (init, single) =>
    rawOfChances(parts.predict_proba(init, single), width, model.link),
  );
  return { values, width: width === 1 ? null : width };
}

function classChances(model: GradientBoostingClassifier, frame: Frame, parts: Parts): Scores {
  const { values, width } = classSums(model, frame, parts);
  if (width !== null) return softmaxOf(values, width);
  return pairsOf(values.map((sum) => logistic(model.link.factor * sum)));
}

function predictClass(model: GradientBoostingClassifier, frame: Frame, parts: Parts): ClassPrediction {
  const scores = model.labels === 'raw' ? classSums(model, frame, parts) : classChances(model, frame, parts);
  return decidedClasses(model.classes_, scores, (sum) => sum >= 0);
}

export const GRADIENT_BOOSTING_CLASSIFIER: Row<GradientBoostingClassifier> = {
  role: 'classifier',
  predict: predictClass,
  predict_proba: classChances,
  decision_function: classSums,
};

function startOf(init: Part, single: Frame, parts: Parts): Float64Array {
  const start = parts.predict(init, single);
  if (start.role === 'regressor' && start.values.length === single.rows) return Float64Array.from(start.values);
  throw new MlctlError(
    'MODEL_UNSUPPORTED',
    `gradient_boosting_regressor: it starts from ${init.kind}, which does not predict one number a row`,
  );
}

export const GRADIENT_BOOSTING_REGRESSOR: Row<GradientBoostingRegressor> = {
  role: 'regressor',
  predict: (model, frame, parts) => {
    const values = rawSums(model, frame, (init, single) => startOf(init, single, parts));
    return { role: 'regressor', values, width: null };
  },
};
