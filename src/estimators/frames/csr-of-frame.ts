// Turns a frame into a sparse matrix of numbers that can be computed with, as a step that works on the entries takes it.
import { type Csr, type Frame, matrixOf, widthOf } from '../frame.js';
import { csrOf } from '../frame-of-matrix.js';
import { finiteCsr } from './finite-csr.js';

/** A sparse frame keeps the zeros that it has. */
export function csrOfFrame(frame: Frame, step: string): Csr {
  if (frame.sparse) return finiteCsr(frame.sparse, step);
  return csrOf(frame.rows, widthOf(frame), matrixOf(frame, step));
}
