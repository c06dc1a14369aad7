// Turns a matrix that Python saved, dense or sparse, into points.
import type { Points } from '../../estimators/pairwise/points.js';
import { isSaved } from '../is-saved.js';
import { readCsr } from '../read-csr.js';
import type { Value } from '../value.js';

/** Values of a sparse matrix that are written out; a file that says more is not read. */
const MOST_VALUES = 2 ** 25;

export function readPoints(value: Value, width?: number, rows?: number): Points {
  const sparse = isSaved(value.saved, 'object') ? readCsr(value) : null;
  if (sparse === null) return value.matrix(width, rows);
  if (width !== undefined && sparse.width !== width) return value.fail(`${width} columns`);
  if (rows !== undefined && sparse.rows !== rows) return value.fail(`${rows} rows`);
  if (sparse.rows * sparse.width > MOST_VALUES)
    return value.unknown(`at most ${MOST_VALUES} values in a sparse matrix`);
  const values = new Float64Array(sparse.rows * sparse.width);
  for (let i = 0; i < sparse.rows; i++)
    for (let at = sparse.indptr[i]!; at < sparse.indptr[i + 1]!; at++)
      values[i * sparse.width + sparse.indices[at]!]! += sparse.data[at]!;
  return { rows: sparse.rows, width: sparse.width, values };
}
