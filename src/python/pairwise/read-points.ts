// Turns a matrix that Python saved, dense or sparse, into points.
import type { Points } from '../../estimators/pairwise/points.js';
import { isSaved } from '../is-saved.js';
import { readSparse } from '../read-sparse.js';
import type { Value } from '../value.js';

/** Values of a sparse matrix that are written out; a file that says more is not read. */
const MOST_VALUES = 2 ** 25;

export function readPoints(value: Value, width?: number, rows?: number): Points {
  if (!isSaved(value.saved, 'object')) return value.matrix(width, rows);
  const sparse = readSparse(value);
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
