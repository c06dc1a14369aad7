// Turns rows into rows of length 1 (sklearn.preprocessing.Normalizer).
import type { Fitted } from '../fitted.js';
import { allFinite, type Csr, type Frame, matrixOf, type Numbers, widthOf } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';

export interface Normalizer extends Fitted<'Normalizer'> {
  readonly norm: 'l1' | 'l2' | 'max';
}

type Norm = (values: Numbers, from: number, to: number) => number;

const NORMS: Readonly<Record<Normalizer['norm'], Norm>> = {
  l1: (values, from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Math.abs(values[i]!);
    return sum;
  },
  l2: (values, from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]! * values[i]!;
    return Math.sqrt(sum);
  },
  max: (values, from, to) => {
    let most = 0;
    for (let i = from; i < to; i++) most = Math.max(most, Math.abs(values[i]!));
    return most;
  },
};

export function transformNormalizer({ norm }: Normalizer, frame: Frame): Frame {
  const { rows, sparse } = frame;
  if (sparse && allFinite(sparse.data, 'refused')) return frameOfCsr(rows, divided(sparse, rows, NORMS[norm]));
  const width = widthOf(frame);
  const values = matrixOf(frame, 'normalizer');
  const single = isSingle(frame);
  // a row that is as good as zero stays as it is
  const least = 10 * (single ? 2 ** -23 : Number.EPSILON);
  const made = single ? new Float32Array(values.length) : new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    const length = NORMS[norm](values, i * width, (i + 1) * width);
    const unit = length < least ? 1 : single ? Math.fround(length) : length;
    for (let at = i * width; at < (i + 1) * width; at++) made[at] = values[at]! / unit;
  }
  return frameOfMatrix(rows, width, made);
}

/** A sparse row stays as it is only if it is all zero. */
function divided(csr: Csr, rows: number, norm: Norm): Csr {
  const data = csr.data.slice();
  for (let i = 0; i < rows; i++) {
    const [from, to] = [csr.indptr[i]!, csr.indptr[i + 1]!];
    const length = norm(csr.data, from, to);
    if (length !== 0) for (let at = from; at < to; at++) data[at] = csr.data[at]! / length;
  }
  return { ...csr, data };
}
