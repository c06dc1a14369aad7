// Turns the name of a kernel of sklearn.metrics.pairwise and its parameters into the kernel. A callable is refused.
import { KERNELS, type PairwiseKernel } from '../../estimators/pairwise/kernel.js';
import type { Value } from '../value.js';

/** What is null or None has scikit-learn's default. */
interface KernelParameters {
  readonly gamma?: Value | null | undefined;
  readonly degree?: Value | null | undefined;
  readonly coef0?: Value | null | undefined;
}

export function readPairwiseKernel(name: Value, { gamma, degree, coef0 }: KernelParameters): PairwiseKernel {
  const given = name.choice(...KERNELS, 'polynomial');
  const number = (value: Value | null | undefined) => (value && !value.isNone ? value.number() : null);
  return {
    name: given === 'polynomial' ? 'poly' : given,
    gamma: number(gamma),
    degree: number(degree) ?? 3,
    coef0: number(coef0) ?? 1,
  };
}
