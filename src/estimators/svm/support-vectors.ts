// Turns a row into its similarity to each support vector of a support vector machine, as libsvm computes it.
import { MlctlError } from '../../errors/error.js';
import { exp } from '../exponential.js';
import type { Part } from '../fitted.js';
import { type Csr, type Frame, matrixOf, widthOf } from '../frame.js';
import { csrOfFrame } from '../frames/csr-of-frame.js';
import { dotOf } from '../pairwise/dot-of.js';
import { measureOf } from '../pairwise/measure.js';
import { plainMetric } from '../pairwise/metric.js';
import { tanh } from '../special/tanh.js';
import { stepName } from '../step-name.js';
import { dotProduct, type SparseRow, sortedRows, squaredDistance } from './sparse-rows.js';

export interface Kernel {
  readonly kernel: 'linear' | 'poly' | 'rbf' | 'sigmoid' | 'precomputed';
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}

export type SupportVectors =
  /** Row-major, count × width */
  | { readonly type: 'dense'; readonly count: number; readonly width: number; readonly values: Float64Array }
  /** The model was fitted on sparse data. */
  | { readonly type: 'sparse'; readonly count: number; readonly matrix: Csr }
  /** The data are the similarities; these are the columns of the support vectors. */
  | { readonly type: 'precomputed'; readonly count: number; readonly places: Int32Array };

/** Writes the similarities of row `i` into `to`. */
type Similarities = (i: number, to: Float64Array) => void;

/** Of the rows of `frame`, to the support vectors. */
export function similaritiesOf({ kind }: Part, kernel: Kernel, support: SupportVectors, frame: Frame): Similarities {
  const step = stepName(kind);
  if (support.type === 'sparse') return sparseSimilarities(kernel, support.matrix, sortedRows(csrOfFrame(frame, step)));
  if (frame.sparse)
    throw new MlctlError('DATA_INVALID', `${step}: sparse data reaches it; it was fitted on dense data`, {
      hint: 'train the model again on what the steps before it make',
    });
  const matrix = matrixOf(frame, step);
  const width = widthOf(frame);
  const { count } = support;
  if (support.type === 'precomputed') {
    const { places } = support;
    return (i, to) => {
      for (let s = 0; s < count; s++) to[s] = matrix[i * width + places[s]!]!;
    };
  }
  const { values } = support;
  const between = kernel.kernel === 'rbf' ? measureOf(plainMetric('euclidean'), width).reduced : dotOf(width);
  const similarity = similarityOf(kernel);
  return (i, to) => {
    for (let s = 0; s < count; s++) to[s] = similarity(between(matrix, i * width, values, s * width));
  };
}

function sparseSimilarities(kernel: Kernel, support: Csr, data: Csr): Similarities {
  const between = kernel.kernel === 'rbf' ? squaredDistance : dotProduct;
  const similarity = similarityOf(kernel);
  const row: SparseRow = { matrix: data, from: 0, to: 0 };
  const vector: SparseRow = { matrix: support, from: 0, to: 0 };
  return (i, to) => {
    row.from = data.indptr[i]!;
    row.to = data.indptr[i + 1]!;
    for (let s = 0; s + 1 < support.indptr.length; s++) {
      vector.from = support.indptr[s]!;
      vector.to = support.indptr[s + 1]!;
      to[s] = similarity(between(row, vector));
    }
  };
}

/** What becomes of a product of two points, or with 'rbf' of their squared distance. */
function similarityOf({ kernel, gamma, coef0, degree }: Kernel): (between: number) => number {
  switch (kernel) {
    case 'poly':
      return (between) => power(gamma * between + coef0, degree);
    case 'rbf':
      return (between) => exp(-gamma * between);
    case 'sigmoid':
      return (between) => tanh(gamma * between + coef0);
    default:
      return (between) => between;
  }
}

/** By squaring, as libsvm: the same roundings, and 1 for an exponent below 1. */
function power(base: number, exponent: number): number {
  let [square, made] = [base, 1];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) made *= square;
    square *= square;
  }
  return made;
}
