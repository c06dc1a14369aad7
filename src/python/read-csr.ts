// Turns a sparse matrix of scipy, as Python saved it, into a matrix in rows.
import type { Csr } from '../estimators/frame.js';
import { Attributes } from './attributes.js';
import { isSaved } from './is-saved.js';
import type { Value } from './value.js';

const MODULES = ['scipy.sparse._csr', 'scipy.sparse.csr'];
const NAMES = ['csr_matrix', 'csr_array'];

/** Null if it is something else, such as an array of numpy. */
export function readCsr(value: Value): (Csr & { readonly rows: number; readonly data: Float64Array }) | null {
  const { saved } = value;
  if (!isSaved(saved, 'object')) return null;
  if (!MODULES.includes(saved.module) || !NAMES.includes(saved.name))
    return value.unknown('a sparse matrix in rows (CSR)');
  const attributes = new Attributes(value);
  const [rows, width] = attributes.get('_shape').vector(2) as unknown as [number, number];
  if (![rows, width].every((length) => Number.isSafeInteger(length) && length >= 0))
    attributes.get('_shape').fail('a shape');
  const data = attributes.get('data').vector();
  const indices = attributes.get('indices').places(width, data.length);
  const indptr = attributes.get('indptr').places(data.length + 1, rows + 1);
  const rising = indptr.every((at, i) => i === 0 || at >= indptr[i - 1]!);
  if (indptr[0] !== 0 || !rising) attributes.get('indptr').fail('places that rise from 0');
  return { rows, width, data, indices, indptr };
}
