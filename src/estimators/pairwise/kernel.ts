// Turns two sets of points into the matrix of their similarities, by the kernels of sklearn.metrics.pairwise.
import { MlctlError } from '../../errors/error.js';
import { exp } from '../exponential.js';
import { tanh } from '../special/tanh.js';
import { dotOf } from './dot-of.js';
import { measureOf } from './measure.js';
import { type Compare, plainMetric } from './metric.js';
import type { Points } from './points.js';

export const KERNELS = [
  'linear',
  'poly',
  'rbf',
  'laplacian',
  'sigmoid',
  'cosine',
  'chi2',
  'additive_chi2',
  'precomputed',
] as const;

export interface PairwiseKernel {
  readonly name: (typeof KERNELS)[number];
  /** Null if it is one over the number of columns (or 1 for chi2). */
  readonly gamma: number | null;
  readonly degree: number;
  readonly coef0: number;
}

/** Row-major, rows of `x` × rows of `y`, in a new array. */
export function kernelMatrix(kernel: PairwiseKernel, x: Points, y: Points): Float64Array {
  if (kernel.name === 'precomputed') return x.values.slice();
  const similarity = similarityOf(kernel, x.width);
  if (kernel.name === 'chi2' || kernel.name === 'additive_chi2') refuseNegative(x);
  const made = new Float64Array(x.rows * y.rows);
  let place = 0;
  for (let i = 0; i < x.rows; i++)
    for (let k = 0; k < y.rows; k++) made[place++] = similarity(x.values, i * x.width, y.values, k * y.width);
  return made;
}

/** Between two rows. */
export function similarityOf({ name, gamma: given, degree, coef0 }: PairwiseKernel, width: number): Compare {
  const gamma = given ?? 1 / width;
  const dot = dotOf(width);
  switch (name) {
    case 'poly':
      return (x, from, y, at) => (dot(x, from, y, at) * gamma + coef0) ** degree;
    case 'sigmoid':
      return (x, from, y, at) => tanh(dot(x, from, y, at) * gamma + coef0);
    case 'rbf': {
      const { reduced } = measureOf(plainMetric('euclidean'), width);
      return (x, from, y, at) => exp(reduced(x, from, y, at) * -gamma);
    }
    case 'laplacian': {
      const { reduced } = measureOf(plainMetric('manhattan'), width);
      return (x, from, y, at) => exp(-gamma * reduced(x, from, y, at));
    }
    case 'cosine':
      return (x, from, y, at) =>
        dot(x, from, y, at) / ((Math.sqrt(dot(x, from, x, from)) || 1) * (Math.sqrt(dot(y, at, y, at)) || 1));
    case 'chi2':
      return (x, from, y, at) => exp(-chi2(x, from, y, at, width) * (given ?? 1));
    case 'additive_chi2':
      return (x, from, y, at) => -chi2(x, from, y, at, width);
    default:
      return dot;
  }
}

function chi2(x: Float64Array, from: number, y: Float64Array, at: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) {
    const difference = x[from + j]! - y[at + j]!;
    const size = x[from + j]! + y[at + j]!;
    if (size !== 0) sum += (difference * difference) / size;
  }
  return sum;
}

function refuseNegative({ values }: Points): void {
  if (values.some((value) => value < 0))
    throw new MlctlError('DATA_INVALID', 'the chi-squared kernel takes no negative values, and the data has some', {
      hint: 'scale the columns to zero and above in front of the kernel',
    });
}
