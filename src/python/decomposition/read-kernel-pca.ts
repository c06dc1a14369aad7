// Turns what Python saved of a KernelPCA into its value.
import type { KernelPCA } from '../../estimators/decomposition/kernel-pca.js';
import { Attributes } from '../attributes.js';
import { readPairwiseKernel } from '../pairwise/read-pairwise-kernel.js';
import { readPoints } from '../pairwise/read-points.js';
import { readKernelCenterer } from '../preprocessing/read-kernel-centerer.js';

export function readKernelPCA(attributes: Attributes): KernelPCA {
  const kernel = readPairwiseKernel(attributes.get('kernel'), {
    gamma: attributes.maybe('gamma_') ?? attributes.maybe('gamma'),
    degree: attributes.maybe('degree'),
    coef0: attributes.maybe('coef0'),
  });
  const centerer = attributes.get('_centerer');
  const centred = new Attributes(centerer);
  if (centred.kind !== 'KernelCenterer') centerer.fail('a KernelCenterer');
  const { K_fit_rows_, K_fit_all_ } = readKernelCenterer(centred);
  const count = K_fit_rows_.length;
  const points = readPoints(attributes.get('X_fit_'), undefined, count);
  // the names before scikit-learn 1.0
  const old = attributes.has('lambdas_');
  const values = attributes.get(old ? 'lambdas_' : 'eigenvalues_').vector();
  const vectors = attributes.get(old ? 'alphas_' : 'eigenvectors_').matrix(values.length, count);
  return {
    ...attributes.fitted('KernelPCA', points.width),
    kernel,
    points,
    K_fit_rows_,
    K_fit_all_,
    scaled: vectors.values.map((value, at) => {
      const eigenvalue = values[at % values.length]!;
      return eigenvalue === 0 ? 0 : value / Math.sqrt(eigenvalue);
    }),
  };
}
