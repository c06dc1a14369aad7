// Turns columns into a quantity that was predicted on another scale (sklearn.compose.TransformedTargetRegressor).
import { MlctlError } from '../../errors/error.js';
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import type { ValuePrediction } from '../prediction.js';

export interface TransformedTargetRegressor extends Fitted<'TransformedTargetRegressor'> {
  readonly regressor_: Part;
  /** What changed the target; its inverse changes the prediction back. */
  readonly transformer_: Part;
  /** 1 if the target was one plain column. */
  readonly training_dim: number;
}

export function predictTransformedTargetRegressor(
  { regressor_, transformer_, training_dim }: TransformedTargetRegressor,
  frame: Frame,
  parts: Parts,
): ValuePrediction {
  const prediction = parts.predict(regressor_, frame);
  if (prediction.role !== 'regressor')
    throw new MlctlError('MODEL_UNSUPPORTED', `transformed_target_regressor: ${regressor_.kind} is not a regressor`);
  const scaled = frameOfMatrix(frame.rows, prediction.width ?? 1, prediction.values);
  const made = parts.inverse_transform(transformer_, scaled);
  const values = matrixOf(made, 'transformed_target_regressor', 'any');
  const width = widthOf(made);
  return {
    role: 'regressor',
    values: isSingle(made) ? Float32Array.from(values) : values,
    width: training_dim === 1 && width === 1 ? null : width,
  };
}
