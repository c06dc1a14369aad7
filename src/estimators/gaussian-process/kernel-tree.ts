// Turns a tree of kernels (sklearn.gaussian_process.kernels) into the covariance of two points.
import { exp } from '../exponential.js';
import { dotOf } from '../pairwise/dot-of.js';
import { type PairwiseKernel, similarityOf } from '../pairwise/kernel.js';
import { measureOf } from '../pairwise/measure.js';
import { type Compare, plainMetric } from '../pairwise/metric.js';
import { besselK, gamma } from '../special/bessel-k.js';

export type KernelTree =
  | { readonly kind: 'Sum' | 'Product'; readonly k1: KernelTree; readonly k2: KernelTree }
  | { readonly kind: 'Exponentiation'; readonly kernel: KernelTree; readonly exponent: number }
  | { readonly kind: 'ConstantKernel'; readonly constant_value: number }
  | { readonly kind: 'WhiteKernel'; readonly noise_level: number }
  /** One length for all columns, or one a column. */
  | { readonly kind: 'RBF'; readonly length_scale: Float64Array }
  | { readonly kind: 'Matern'; readonly length_scale: Float64Array; readonly nu: number }
  | { readonly kind: 'RationalQuadratic'; readonly length_scale: number; readonly alpha: number }
  | { readonly kind: 'ExpSineSquared'; readonly length_scale: number; readonly periodicity: number }
  | { readonly kind: 'DotProduct'; readonly sigma_0: number }
  | { readonly kind: 'PairwiseKernel'; readonly kernel: PairwiseKernel };

/** Between two sets of points, where white noise is nothing. */
export function covarianceOf(tree: KernelTree, width: number): Compare {
  switch (tree.kind) {
    case 'Sum':
    case 'Product': {
      const [one, other] = [covarianceOf(tree.k1, width), covarianceOf(tree.k2, width)];
      return tree.kind === 'Sum'
        ? (x, from, y, at) => one(x, from, y, at) + other(x, from, y, at)
        : (x, from, y, at) => one(x, from, y, at) * other(x, from, y, at);
    }
    case 'Exponentiation': {
      const inner = covarianceOf(tree.kernel, width);
      return (x, from, y, at) => inner(x, from, y, at) ** tree.exponent;
    }
    case 'ConstantKernel':
      return () => tree.constant_value;
    case 'WhiteKernel':
      return () => 0;
    case 'RBF':
      return scaled(tree.length_scale, width, (square) => exp(-0.5 * square));
    case 'Matern':
      return scaled(tree.length_scale, width, maternOf(tree.nu));
    case 'RationalQuadratic': {
      const { alpha, length_scale } = tree;
      const scale = 2 * alpha * length_scale ** 2;
      return unscaled(width, (square) => (1 + square / scale) ** -alpha);
    }
    case 'ExpSineSquared': {
      const { length_scale, periodicity } = tree;
      return unscaled(width, (square) => {
        const wave = Math.sin((Math.PI / periodicity) * Math.sqrt(square)) / length_scale;
        return exp(-2 * wave * wave);
      });
    }
    case 'DotProduct': {
      const dot = dotOf(width);
      return (x, from, y, at) => dot(x, from, y, at) + tree.sigma_0 ** 2;
    }
    case 'PairwiseKernel':
      return similarityOf(tree.kernel, width);
  }
}

/** Of a point with itself, as scikit-learn's `diag`. */
export function varianceOf(tree: KernelTree, width: number): (x: Float64Array, from: number) => number {
  switch (tree.kind) {
    case 'Sum':
    case 'Product': {
      const [one, other] = [varianceOf(tree.k1, width), varianceOf(tree.k2, width)];
      return tree.kind === 'Sum'
        ? (x, from) => one(x, from) + other(x, from)
        : (x, from) => one(x, from) * other(x, from);
    }
    case 'Exponentiation': {
      const inner = varianceOf(tree.kernel, width);
      return (x, from) => inner(x, from) ** tree.exponent;
    }
    case 'WhiteKernel':
      return () => tree.noise_level;
    case 'RBF':
    case 'Matern':
    case 'RationalQuadratic':
    case 'ExpSineSquared':
      return () => 1;
    default: {
      const both = covarianceOf(tree, width);
      return (x, from) => both(x, from, x, from);
    }
  }
}

type OfSquare = (square: number) => number;

function unscaled(width: number, value: OfSquare): Compare {
  const { reduced } = measureOf(plainMetric('euclidean'), width);
  return (x, from, y, at) => value(reduced(x, from, y, at));
}

function scaled(lengths: Float64Array, width: number, value: OfSquare): Compare {
  const each = lengths.length === 1 ? new Float64Array(width).fill(lengths[0]!) : lengths;
  return (x, from, y, at) => {
    let square = 0;
    for (let j = 0; j < width; j++) {
      const difference = x[from + j]! / each[j]! - y[at + j]! / each[j]!;
      square += difference * difference;
    }
    return value(square);
  };
}

function maternOf(nu: number): OfSquare {
  if (nu === 0.5) return (square) => exp(-Math.sqrt(square));
  if (nu === 1.5)
    return (square) => {
      const far = Math.sqrt(square) * Math.sqrt(3);
      return (1 + far) * exp(-far);
    };
  if (nu === 2.5)
    return (square) => {
      const far = Math.sqrt(square) * Math.sqrt(5);
      return (1 + far + (far * far) / 3) * exp(-far);
    };
  if (nu === Number.POSITIVE_INFINITY) return (square) => exp(-square / 2);
  const factor = 2 ** (1 - nu) / gamma(nu);
  return (square) => {
    const far = Math.sqrt(2 * nu) * (Math.sqrt(square) || Number.EPSILON);
    return factor * far ** nu * besselK(nu, far);
  };
}
