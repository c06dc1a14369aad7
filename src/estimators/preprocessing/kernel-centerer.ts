// Turns rows of a kernel into rows that are centred in its space (sklearn.preprocessing.KernelCenterer).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { centreKernel, type KernelCentre } from '../pairwise/centre-kernel.js';

export interface KernelCenterer extends Fitted<'KernelCenterer'>, KernelCentre {}

export function transformKernelCenterer(centerer: KernelCenterer, frame: Frame): Frame {
  const made = matrixOf(frame, 'kernel_centerer').slice();
  centreKernel(made, centerer);
  return frameOfMatrix(frame.rows, centerer.K_fit_rows_.length, made);
}
