// Turns columns into the same columns with each gap predicted from the other columns, round by round (sklearn.impute.IterativeImputer).
import { MlctlError } from '../../errors/error.js';
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, matrixOf, type Numbers } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import type { MissingIndicator } from './missing-indicator.js';
import { missingMask } from './missing-mask.js';
import type { SimpleImputer } from './simple-imputer.js';
import { withIndicator } from './with-indicator.js';

interface Imputation {
  /** The column that is predicted, and the columns that it is predicted from, among those that are kept. */
  readonly feat_idx: number;
  readonly neighbor_feat_idx: Int32Array;
  readonly estimator: Part;
}

export interface IterativeImputer extends Fitted<'IterativeImputer'> {
  readonly missing_values: number;
  /** The first guess. */
  readonly initial_imputer_: SimpleImputer;
  /** The columns that are kept, by position: all but those without any value in the training data. */
  readonly kept: Int32Array;
  /** [kept]: 1 for a column that is left as it was first guessed. */
  readonly guessed: Uint8Array;
  readonly imputation_sequence_: readonly Imputation[];
  readonly n_iter_: number;
  /** [kept] each: a prediction beyond is brought there. */
  readonly min_value: Float64Array;
  readonly max_value: Float64Array;
  readonly indicator_: MissingIndicator | null;
}

const STEP = 'iterative_imputer';

export function transformIterativeImputer(imputer: IterativeImputer, frame: Frame, parts: Parts): Frame {
  const { initial_imputer_, missing_values, kept, guessed, indicator_ } = imputer;
  const before = missingMask(frame, missing_values, STEP);
  const filled = parts.transform(initial_imputer_, frame);
  const values = matrixOf(filled, STEP, 'allowed');
  const width = kept.length;
  const made: Numbers = isSingle(frame) ? Float32Array.from(values) : values.slice();
  const gaps = Array.from(kept, (place, j) => (guessed[j] === 1 ? [] : rowsOf(before[place]!)));
  const isAll = gaps.every((rows) => rows.length === frame.rows);
  if (imputer.n_iter_ > 0 && !isAll)
    for (const imputation of imputer.imputation_sequence_)
      impute(imputer, imputation, { values: made, width, rows: gaps[imputation.feat_idx]! }, parts);
  const mask = new Uint8Array(before.length * frame.rows);
  before.forEach((own, place) => {
    for (let i = 0; i < frame.rows; i++) mask[i * before.length + place] = own[i]!;
  });
  const all = Array.from({ length: width }, (_, j) => j);
  return withIndicator({ frame, values: made, width, kept: all }, indicator_, mask);
}

function rowsOf(mask: Uint8Array): number[] {
  const rows: number[] = [];
  mask.forEach((isMissing, row) => {
    if (isMissing === 1) rows.push(row);
  });
  return rows;
}

/** Writes the predictions over the gaps of one column. */
function impute(
  { min_value, max_value }: IterativeImputer,
  { feat_idx, neighbor_feat_idx, estimator }: Imputation,
  { values, width, rows }: { readonly values: Numbers; readonly width: number; readonly rows: readonly number[] },
  parts: Parts,
): void {
  if (rows.length === 0) return;
  const count = neighbor_feat_idx.length;
  const known =
    values instanceof Float32Array ? new Float32Array(rows.length * count) : new Float64Array(rows.length * count);
  rows.forEach((row, i) => {
    neighbor_feat_idx.forEach((place, j) => {
      known[i * count + j] = values[row * width + place]!;
    });
  });
  const prediction = parts.predict(estimator, frameOfMatrix(rows.length, count, known));
  if (prediction.role !== 'regressor')
    throw new MlctlError('MODEL_UNSUPPORTED', `${STEP}: ${estimator.kind} is not a regressor`);
  const [low, high] = [min_value[feat_idx]!, max_value[feat_idx]!];
  rows.forEach((row, i) => {
    values[row * width + feat_idx] = Math.min(Math.max(prediction.values[i]!, low), high);
  });
}
