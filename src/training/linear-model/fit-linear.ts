// Turns features and a quantity into what a linear regressor learns, or into an error that says why it cannot learn.
import { MlctlError } from '../../errors/error.js';
import { type Frame, matrixOf } from '../../estimators/frame.js';
import type { Work } from '../../work.js';
import { fittedOn } from '../fitted-on.js';
import type { ValueTarget } from '../target.js';
import { type LinearOptions, solveLinear } from './solve-linear.js';

interface Learned extends ReturnType<typeof fittedOn> {
  readonly coef_: Float64Array;
  readonly intercept_: number;
}

export function* fitLinear(step: string, frame: Frame, target: ValueTarget, options: LinearOptions): Work<Learned> {
  const matrix = matrixOf(frame, step);
  const { rows } = frame;
  const features = frame.columns.length;
  if (features === 0)
    throw new MlctlError('DATA_INVALID', `${step} needs at least one feature; the data has only the target`);
  const { coef, intercept } = yield* solveLinear({ matrix, rows, features, target: target.values }, options);
  if (!Number.isFinite(intercept) || !coef.every(Number.isFinite))
    throw new MlctlError(
      'DATA_INVALID',
      `${step} overflowed: the features or the target are too large for float64 sums`,
      { hint: 'put standard_scaler before it, or give the target in a larger unit' },
    );
  return { ...fittedOn(frame), coef_: coef, intercept_: intercept };
}
