// Turns features into targets, or into latent scores, by the directions that both share (PLSRegression, PLSCanonical, CCA, PLSSVD).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { productOf } from '../linear-algebra/product.js';
import type { ValuePrediction } from '../prediction.js';
import { stepName } from '../step-name.js';

/** x → (x − mean) / std · rotations: its scores. */
export interface SharedDirections<Kind extends string> extends Fitted<Kind> {
  readonly _x_mean: Float64Array;
  readonly _x_std: Float64Array;
  /** Row-major, features × components. */
  readonly x_rotations_: Float64Array;
}

export interface PartialLeastSquares<Kind extends string> extends SharedDirections<Kind> {
  /** Row-major, features × targets. */
  readonly coef: Float64Array;
  readonly intercept_: Float64Array;
  /** Before scikit-learn 1.3 features were also divided by their spread. */
  readonly scaled: boolean;
  /** Whether the target was one plain column. */
  readonly _predict_1d: boolean;
}

export type PLSSVD = SharedDirections<'PLSSVD'>;

export function transformDirections(model: SharedDirections<string>, frame: Frame): Frame {
  const { _x_mean, _x_std, x_rotations_, kind } = model;
  const width = _x_mean.length;
  const x = matrixOf(frame, stepName(kind)).map((value, at) => (value - _x_mean[at % width]!) / _x_std[at % width]!);
  const components = x_rotations_.length / width;
  return frameOfMatrix(frame.rows, components, productOf(x, x_rotations_, width, components));
}

export function predictPartialLeastSquares(model: PartialLeastSquares<string>, frame: Frame): ValuePrediction {
  const { _x_mean, _x_std, scaled, coef, intercept_ } = model;
  const width = _x_mean.length;
  const targets = intercept_.length;
  const x = matrixOf(frame, stepName(model.kind)).map((value, at) => {
    const centred = value - _x_mean[at % width]!;
    return scaled ? centred / _x_std[at % width]! : centred;
  });
  const values = productOf(x, coef, width, targets).map((value, at) => value + intercept_[at % targets]!);
  return { role: 'regressor', values, width: model._predict_1d ? null : targets };
}
