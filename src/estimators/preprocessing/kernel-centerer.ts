// Turns rows of a kernel into rows that are centred in its space (sklearn.preprocessing.KernelCenterer).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';

export interface KernelCenterer extends Fitted<'KernelCenterer'> {
  /** [rows of the training data] */
  readonly K_fit_rows_: Float64Array;
  readonly K_fit_all_: number;
}

export function transformKernelCenterer({ K_fit_rows_, K_fit_all_ }: KernelCenterer, frame: Frame): Frame {
  const width = K_fit_rows_.length;
  const made = matrixOf(frame, 'kernel_centerer').slice();
  for (let i = 0; i < frame.rows; i++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += made[i * width + j]!;
    const mean = sum / width;
    for (let j = 0; j < width; j++) {
      const at = i * width + j;
      made[at] = made[at]! - K_fit_rows_[j]! - mean + K_fit_all_;
    }
  }
  return frameOfMatrix(frame.rows, width, made);
}
