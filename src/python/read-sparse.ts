// Turns a sparse matrix of scipy (CSR or CSC, matrix or array) into rows of entries.
import type { Csr } from '../estimators/frame.js';
import { Attributes } from './attributes.js';
import type { Value } from './value.js';

export interface SparseRows extends Csr {
  readonly rows: number;
}

export function readSparse(value: Value): SparseRows {
  const attributes = new Attributes(value);
  const format = /^scipy\.sparse\._?(csr|csc)\.(csr|csc)_(matrix|array)$/.exec(
    `${attributes.object.module.replace('._compressed', '')}.${attributes.kind}`,
  )?.[1];
  if (format === undefined) return value.unknown('a sparse matrix in the format csr or csc');
  const [rows, width] = attributes.get('_shape').vector(2);
  const [outer, inner] = format === 'csr' ? [rows!, width!] : [width!, rows!];
  const indptr = attributes.get('indptr').vector(outer + 1);
  const data = attributes.get('data').vector();
  const indices = attributes.get('indices').places(inner, data.length);
  for (let i = 0; i < outer; i++)
    if (!(indptr[i]! <= indptr[i + 1]!)) attributes.get('indptr').fail('places that do not decrease');
  if (indptr[0] !== 0 || indptr[outer] !== data.length)
    attributes.get('indptr').fail(`places from 0 to ${data.length}`);
  const read = { rows: outer, width: inner, indptr: Int32Array.from(indptr), indices, data };
  return format === 'csr' ? read : turned(read);
}

/** The same entries by the other dimension, in order. */
function turned({ rows, width, indptr, indices, data }: SparseRows): SparseRows {
  const starts = new Int32Array(width + 1);
  for (const index of indices) starts[index + 1]!++;
  for (let j = 0; j < width; j++) starts[j + 1]! += starts[j]!;
  const next = starts.slice();
  const made = { indices: new Int32Array(indices.length), data: new Float64Array(data.length) };
  for (let i = 0; i < rows; i++) {
    for (let at = indptr[i]!; at < indptr[i + 1]!; at++) {
      const to = next[indices[at]!]!++;
      made.indices[to] = i;
      made.data[to] = data[at]!;
    }
  }
  return { rows: width, width: rows, indptr: starts, ...made };
}
