// Turns what Python saved of a kernel (sklearn.gaussian_process.kernels) into the tree of kernels.
import type { KernelTree } from '../../estimators/gaussian-process/kernel-tree.js';
import { Attributes } from '../attributes.js';
import { readPairwiseKernel } from '../pairwise/read-pairwise-kernel.js';
import { hostile, unsupported } from '../refuse.js';
import type { Value } from '../value.js';

/** Kernels in one tree; Python could not add up more either. */
const MOST_KERNELS = 500;

/** Of points with `width` columns. A kernel that stands in a file twice is read twice, and so they are counted. */
export function readKernelTree(value: Value, width: number): KernelTree {
  let count = 0;
  const read = (value: Value): KernelTree => {
    const kernel = new Attributes(value);
    if (++count > MOST_KERNELS) throw hostile(value.where, 'a kernel', `at most ${MOST_KERNELS} kernels`);
    if (kernel.object.module !== 'sklearn.gaussian_process.kernels') return value.fail('a kernel');
    const number = (name: string) => kernel.get(name).number();
    switch (kernel.kind) {
      case 'Sum':
      case 'Product':
        return { kind: kernel.kind, k1: read(kernel.get('k1')), k2: read(kernel.get('k2')) };
      case 'Exponentiation':
        return { kind: 'Exponentiation', kernel: read(kernel.get('kernel')), exponent: number('exponent') };
      case 'ConstantKernel':
        return { kind: 'ConstantKernel', constant_value: number('constant_value') };
      case 'WhiteKernel':
        return { kind: 'WhiteKernel', noise_level: number('noise_level') };
      case 'RBF':
        return { kind: 'RBF', length_scale: lengths(kernel, width) };
      case 'Matern':
        return { kind: 'Matern', length_scale: lengths(kernel, width), nu: order(kernel.get('nu')) };
      case 'RationalQuadratic':
        return { kind: 'RationalQuadratic', length_scale: number('length_scale'), alpha: number('alpha') };
      case 'ExpSineSquared':
        return { kind: 'ExpSineSquared', length_scale: number('length_scale'), periodicity: number('periodicity') };
      case 'DotProduct':
        return { kind: 'DotProduct', sigma_0: number('sigma_0') };
      case 'PairwiseKernel':
        return { kind: 'PairwiseKernel', kernel: pairwise(kernel) };
      default:
        throw unsupported(value.where, kernel.kind, 'a kernel that gives one number for two points');
    }
  };
  return read(value);
}

function lengths(kernel: Attributes, width: number): Float64Array {
  const value = kernel.get('length_scale');
  const { values } = value.numbers();
  return values.length === 1 || values.length === width ? values : value.fail(`one length, or ${width}`);
}

function order(nu: Value): number {
  const value = nu.number();
  if (!(value > 0)) return nu.fail('a number above zero');
  return value <= 100 || value === Number.POSITIVE_INFINITY ? value : nu.unknown('an order up to 100');
}

function pairwise(kernel: Attributes) {
  const extra = new Map(
    (kernel.maybe('pairwise_kernels_kwargs')?.entries() ?? []).map(([key, value]) => [key.text(), value]),
  );
  return readPairwiseKernel(kernel.get('metric'), {
    gamma: kernel.maybe('gamma'),
    degree: extra.get('degree'),
    coef0: extra.get('coef0'),
  });
}
