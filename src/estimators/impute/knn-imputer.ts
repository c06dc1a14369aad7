// Turns columns into the same columns with each gap filled by the mean of the nearest rows that have a value (sklearn.impute.KNNImputer).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { isSingle } from '../frames/is-single.js';
import type { MissingIndicator } from './missing-indicator.js';
import { type NanRows, nanDistances, nanRowsOf } from './nan-euclidean.js';
import { withIndicator } from './with-indicator.js';

export interface KNNImputer extends Fitted<'KNNImputer'> {
  readonly missing_values: number;
  readonly n_neighbors: number;
  readonly weights: 'uniform' | 'distance';
  /** True: rows of unknown distance count too, where there are not enough others (before scikit-learn 1.6, for equal weights). */
  readonly counts_unknown: boolean;
  /** True: a column without any value in the training data is kept, and is all 0. */
  readonly keep_empty_features: boolean;
  readonly indicator_: MissingIndicator | null;
  /** The rows of the training data. */
  readonly fit: NanRows;
}

const STEP = 'knn_imputer';

export function transformKNNImputer(imputer: KNNImputer, frame: Frame): Frame {
  const { missing_values, fit, keep_empty_features, indicator_ } = imputer;
  const found = matrixOf(frame, STEP, Number.isNaN(missing_values) ? 'allowed' : 'refused');
  const rows = nanRowsOf(found, fit.width, missing_values);
  const single = isSingle(frame);
  const made = single ? Float32Array.from(found) : found.slice();
  const isEmpty = emptyColumns(fit);
  for (let i = 0; i < frame.rows; i++) {
    const gaps = gapsOf(rows, i).filter((j) => isEmpty[j] === 0);
    if (gaps.length === 0) continue;
    const distances = nanDistances(rows, i, fit, single);
    for (const j of gaps) made[i * fit.width + j] = valueFor(imputer, distances, j);
  }
  const kept = Array.from(isEmpty, (empty, j) => (empty === 0 || keep_empty_features ? j : -1)).filter((j) => j >= 0);
  if (keep_empty_features) for (let at = 0; at < made.length; at++) if (isEmpty[at % fit.width] === 1) made[at] = 0;
  return withIndicator({ frame, values: made, kept, width: fit.width }, indicator_, rows.isMissing);
}

function gapsOf({ width, isMissing }: NanRows, row: number): number[] {
  const gaps: number[] = [];
  for (let j = 0; j < width; j++) if (isMissing[row * width + j] === 1) gaps.push(j);
  return gaps;
}

/** 1 for a column that has no value in the training data. */
function emptyColumns({ rows, width, isMissing }: NanRows): Uint8Array {
  const empty = new Uint8Array(width).fill(1);
  for (let at = 0; at < rows * width; at++) if (isMissing[at] === 0) empty[at % width] = 0;
  return empty;
}

/** The mean over the nearest rows that have a value in the column; of all of them, if no distance is known. */
function valueFor(imputer: KNNImputer, distances: Float64Array, column: number): number {
  const { fit, n_neighbors, weights, counts_unknown } = imputer;
  const donors: number[] = [];
  for (let row = 0; row < fit.rows; row++) if (fit.isMissing[row * fit.width + column] === 0) donors.push(row);
  const known = donors.filter((row) => !Number.isNaN(distances[row]!));
  const numberOf = (row: number): number => fit.values[row * fit.width + column]!;
  if (known.length === 0) return donors.reduce((sum, row) => sum + numberOf(row), 0) / donors.length;
  known.sort((a, b) => distances[a]! - distances[b]!);
  const unknown = counts_unknown ? donors.filter((row) => Number.isNaN(distances[row]!)) : [];
  const nearest = [...known, ...unknown].slice(0, n_neighbors);
  const isEqual = nearest.some((row) => distances[row] === 0);
  let sum = 0;
  let total = 0;
  for (const row of nearest) {
    const distance = distances[row]!;
    // what is equal counts alone
    const weight = weights === 'uniform' ? 1 : isEqual ? Number(distance === 0) : 1 / distance;
    sum += numberOf(row) * weight;
    total += weight;
  }
  return sum / total;
}
