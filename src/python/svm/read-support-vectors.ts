// Turns what Python saved of a support vector machine into its kernel and its support vectors.
import type { Csr } from '../../estimators/frame.js';
import type { Kernel, SupportVectors } from '../../estimators/svm/support-vectors.js';
import type { Attributes } from '../attributes.js';
import { readCsr } from '../read-csr.js';

/** A function as a kernel is not known by what the file holds. */
export function readKernel(attributes: Attributes): Kernel {
  return {
    kernel: attributes.get('kernel').choice('linear', 'poly', 'rbf', 'sigmoid', 'precomputed'),
    gamma: attributes.get('_gamma').number(),
    coef0: attributes.get('coef0').number(),
    degree: attributes.get('degree').integer(),
  };
}

/** `width` is the number of columns that reach the model. */
export function readSupportVectors(attributes: Attributes, { kernel }: Kernel, width: number): SupportVectors {
  if (kernel === 'precomputed') {
    const places = attributes.get('support_').places(width);
    return { type: 'precomputed', count: places.length, places };
  }
  const vectors = attributes.get('support_vectors_');
  const matrix = readCsr(vectors);
  if (matrix) {
    if (matrix.width !== width) vectors.fail(`${width} columns`);
    if (!rises(matrix)) vectors.fail('places that rise in each row');
    return { type: 'sparse', count: matrix.rows, matrix };
  }
  const { rows, values } = vectors.matrix(width);
  return { type: 'dense', count: rows, width, values };
}

function rises({ indptr, indices }: Csr): boolean {
  for (let i = 0; i + 1 < indptr.length; i++)
    for (let at = indptr[i]! + 1; at < indptr[i + 1]!; at++) if (indices[at - 1]! >= indices[at]!) return false;
  return true;
}

/** Row-major, `rows` × support vectors. A sparse one has all its entries, zeros too, in this order. */
export function readDualCoefficients(attributes: Attributes, rows: number, count: number): Float64Array {
  const value = attributes.get('_dual_coef_');
  const sparse = readCsr(value);
  if (sparse === null) return value.matrix(count, rows).values;
  return sparse.data.length === rows * count ? sparse.data : value.fail(`${rows * count} numbers`);
}
