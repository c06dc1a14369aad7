// Turns what Python saved of KernelRidge and Nystroem into their values.
import type { KernelRidge } from '../../estimators/kernel-approximation/kernel-ridge.js';
import type { Nystroem } from '../../estimators/kernel-approximation/nystroem.js';
import { transposed } from '../../estimators/linear-algebra/product.js';
import type { Attributes } from '../attributes.js';
import { readPairwiseKernel } from '../pairwise/read-pairwise-kernel.js';
import { readPoints } from '../pairwise/read-points.js';

export function readKernelRidge(attributes: Attributes): KernelRidge {
  const X_fit_ = readPoints(attributes.get('X_fit_'));
  const dual = attributes.get('dual_coef_');
  const { values, shape } = dual.numbers();
  if (shape.length > 2 || shape[0] !== X_fit_.rows) dual.fail(`coefficients of ${X_fit_.rows} training points`);
  const kernel = readPairwiseKernel(attributes.get('kernel'), {
    gamma: attributes.maybe('gamma'),
    degree: attributes.maybe('degree'),
    coef0: attributes.maybe('coef0'),
  });
  const width = kernel.name === 'precomputed' ? X_fit_.rows : X_fit_.width;
  return { ...attributes.fitted('KernelRidge', width), kernel, X_fit_, dual_coef_: values, targets: shape[1] ?? null };
}

export function readNystroem(attributes: Attributes): Nystroem {
  const components_ = readPoints(attributes.get('components_'));
  const { rows, width } = components_;
  const extra = new Map(
    (attributes.maybe('kernel_params')?.entries() ?? []).map(([key, value]) => [key.text(), value]),
  );
  const parameter = (name: string) => attributes.maybe(name) ?? extra.get(name);
  const kernel = readPairwiseKernel(attributes.get('kernel'), {
    gamma: parameter('gamma'),
    degree: parameter('degree'),
    coef0: parameter('coef0'),
  });
  if (kernel.name === 'precomputed') attributes.get('kernel').unknown('a kernel that is not precomputed');
  const normalization = attributes.get('normalization_').matrix(rows, rows).values;
  return {
    ...attributes.fitted('Nystroem', width),
    kernel,
    components_,
    normalization: transposed(normalization, rows, rows),
  };
}
