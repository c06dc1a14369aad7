// Turns features and classes into a fitted logistic regression, as sklearn.linear_model.LogisticRegression(solver='lbfgs') fits it.

import { MlctlError } from '../../errors/error.js';
import { type Frame, matrixOf } from '../../estimators/frame.js';
import type { LogisticRegression } from '../../estimators/linear-model/logistic-regression.js';
import { sharedNumbers } from '../../threads/start-thread.js';
import type { Work } from '../../work.js';
import { type ClassWeight, classWeights } from '../class-weights.js';
import { fittedOn } from '../fitted-on.js';
import { lbfgs, type Objective } from '../lbfgs.js';
import type { ClassTarget } from '../target.js';
import { type LogisticProblem, scoreCount } from './block-loss.js';
import { logisticLoss } from './logistic-loss.js';
import { countHelpers, startHelpers } from './loss-helpers.js';
import { newtonSteps } from './newton.js';

/** √(64 ε): when the change of the loss is below what scikit-learn's stopping rule can see, gradients of this size remain. */
const VALUES_RESOLVE = 1.2e-7;

interface LogisticRegressionParams {
  /** Infinity: no penalty. */
  readonly C: number;
  readonly max_iter: number;
  readonly tol: number;
  readonly fit_intercept: boolean;
  readonly class_weight: ClassWeight;
}

export function* fitLogisticRegression(
  frame: Frame,
  classTarget: ClassTarget,
  params: LogisticRegressionParams,
  warn: (message: string) => void,
): Work<LogisticRegression> {
  const { classes: labels, codes: target } = classTarget;
  const { rows } = frame;
  const classes = labels.values.length;
  const features = frame.columns.length;
  const threads = countHelpers(rows, features, classes);
  // Helpers start while the matrix that they share is being made.
  const matrix = threads > 0 ? sharedNumbers(rows * features) : matrixOf(frame, 'logistic_regression');
  if (classes < 2)
    throw new MlctlError(
      'DATA_INVALID',
      `logistic_regression needs at least 2 classes; the rows to train on have only ${JSON.stringify(String(labels.values[0]))}`,
      {
        hint: 'check data.target; with split.stratify: true both parts get every class',
      },
    );
  if (features === 0)
    throw new MlctlError(
      'DATA_INVALID',
      'logistic_regression needs at least one feature; the data has only the target',
    );
  const counts = new Float64Array(classes);
  for (const k of target) counts[k]!++;
  const weights = classWeights(params.class_weight, classTarget, 'logistic_regression');
  const weightSum = weights ? counts.reduce((sum, count, k) => sum + count * weights[k]!, 0) : rows;
  const problem = {
    matrix,
    rows,
    features,
    target,
    classes,
    classWeight: weights,
    l2: 1 / (params.C * weightSum),
    fitIntercept: params.fit_intercept,
  };
  const scores = scoreCount(classes);
  const start = new Float64Array(scores * (features + (params.fit_intercept ? 1 : 0)));
  const helpers = startHelpers(problem, threads);
  let found: Minimum;
  try {
    if (threads > 0)
      fill(
        matrix,
        matrixOf(frame, 'logistic_regression', 'refused', () => matrix),
      );
    found = yield* minimize(problem, logisticLoss(problem, helpers), start, params);
  } finally {
    helpers?.close();
  }
  const { x, converged } = found;
  if (!x.every(Number.isFinite))
    throw new MlctlError(
      'DATA_INVALID',
      'logistic_regression overflowed: the features are too large for float64 sums',
      { hint: 'put standard_scaler before it' },
    );
  const iterations = Math.min(found.iterations, params.max_iter);
  if (!converged) warn(notConverged(iterations, params.max_iter));
  return {
    kind: 'LogisticRegression',
    ...fittedOn(frame),
    classes_: labels,
    coef_: x.slice(0, scores * features),
    intercept_: params.fit_intercept ? x.slice(scores * features) : new Float64Array(scores),
    n_iter_: iterations,
  };
}

/** A step before may have made the matrix already. */
function fill(matrix: Float64Array, made: Float64Array): void {
  if (made !== matrix) matrix.set(made);
}

interface Minimum {
  readonly x: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

function* minimize(
  problem: LogisticProblem,
  loss: Objective,
  start: Float64Array,
  { max_iter: most, tol }: LogisticRegressionParams,
): Work<Minimum> {
  const { x, stop, iterations } = yield* lbfgs(loss, start, {
    maxIterations: most,
    gradientTolerance: tol,
    valueTolerance: 64 * Number.EPSILON,
    maxLineSearch: 50,
    maxEvaluations: 15_000,
  });
  const converged = stop === 'gradient' || stop === 'value';
  if (tol >= VALUES_RESOLVE || (stop !== 'value' && stop !== 'abnormal')) return { x, iterations, converged };
  const { steps, gradient } = yield* newtonSteps(problem, loss, x, tol, most - iterations);
  return { x, iterations: iterations + steps, converged: converged || gradient <= VALUES_RESOLVE };
}

function notConverged(iterations: number, maxIter: number): string {
  const reason =
    iterations >= maxIter
      ? `it stopped at max_iter = ${maxIter}`
      : `the line search found no further descent after ${iterations} iterations`;
  return `logistic_regression did not converge: ${reason}; raise max_iter, or put standard_scaler before it`;
}
