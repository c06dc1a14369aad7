// Turns rows into rows of length 1 (sklearn.preprocessing.Normalizer).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { finiteCsr } from '../frames/finite-csr.js';
import { isSingle } from '../frames/is-single.js';
import { lengthOf, type Norm, scaleRows } from '../frames/scale-rows.js';

export interface Normalizer extends Fitted<'Normalizer'> {
  readonly norm: Norm;
}

/** A sparse row stays as it is only if it is all zero. */
export function transformNormalizer({ norm }: Normalizer, frame: Frame): Frame {
  const { rows, sparse } = frame;
  if (sparse) return frameOfCsr(rows, scaleRows(finiteCsr(sparse, 'normalizer'), norm));
  const width = widthOf(frame);
  const values = matrixOf(frame, 'normalizer');
  const single = isSingle(frame);
  // a row that is as good as zero stays as it is
  const least = 10 * (single ? 2 ** -23 : Number.EPSILON);
  const made = single ? new Float32Array(values.length) : new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    const length = lengthOf(values, i * width, (i + 1) * width, norm);
    const unit = length < least ? 1 : single ? Math.fround(length) : length;
    for (let at = i * width; at < (i + 1) * width; at++) made[at] = values[at]! / unit;
  }
  return frameOfMatrix(rows, width, made);
}
