// Turns features into roots and waves of them whose products approach the additive chi-squared kernel (AdditiveChi2Sampler).
import { MlctlError } from '../../errors/error.js';
import { cellsOf } from '../cells.js';
import { log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { stepName } from '../step-name.js';

export interface AdditiveChi2Sampler extends Fitted<'AdditiveChi2Sampler'> {
  readonly sample_steps: number;
  readonly sample_interval: number;
}

/** First the roots of all columns, then for each step their cosines and their sines. */
export function transformAdditiveChi2Sampler(
  { kind, sample_steps, sample_interval: interval }: AdditiveChi2Sampler,
  frame: Frame,
): Frame {
  const x = matrixOf(frame, stepName(kind));
  const width = widthOf(frame);
  const made = width * (2 * sample_steps - 1);
  const values = new Float64Array(cellsOf(frame.rows, made, stepName(kind)));
  for (let i = 0; i < frame.rows; i++) {
    for (let j = 0; j < width; j++) {
      const value = x[i * width + j]!;
      if (value < 0)
        throw new MlctlError(
          'DATA_INVALID',
          `${stepName(kind)}: it takes no negative values, and the data has ${value}`,
        );
      if (value === 0) continue;
      const at = i * made + j;
      values[at] = Math.sqrt(value * interval);
      const angle = interval * log(value);
      for (let step = 1; step < sample_steps; step++) {
        const factor = Math.sqrt((2 * value * interval) / Math.cosh(Math.PI * step * interval));
        values[at + (2 * step - 1) * width] = factor * Math.cos(step * angle);
        values[at + 2 * step * width] = factor * Math.sin(step * angle);
      }
    }
  }
  return frameOfMatrix(frame.rows, made, values);
}
