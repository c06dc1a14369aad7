// Turns a matrix that Python saved, dense or sparse, into points.
import { filledFrom } from '../../estimators/frame.js';
import type { Points } from '../../estimators/pairwise/points.js';
import { readCsr } from '../read-csr.js';
import type { Value } from '../value.js';

/** A sparse matrix says any size in few bytes; this many values take 256 MiB. */
const MOST_VALUES = 2 ** 25;

export function readPoints(value: Value, width?: number, rows?: number): Points {
  const sparse = readCsr(value);
  if (sparse === null) return value.matrix(width, rows);
  if (width !== undefined && sparse.width !== width) return value.fail(`${width} columns`);
  if (rows !== undefined && sparse.rows !== rows) return value.fail(`${rows} rows`);
  if (sparse.rows * sparse.width > MOST_VALUES)
    return value.unknown(`at most ${MOST_VALUES} values in a sparse matrix`);
  return { rows: sparse.rows, width: sparse.width, values: filledFrom(sparse, sparse.rows, 'the training points') };
}
