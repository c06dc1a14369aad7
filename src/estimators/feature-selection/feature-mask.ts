// Turns columns into those of them that a selector has kept (sklearn.feature_selection).
import type { Fitted } from '../fitted.js';
import { type Csr, type Frame, matrixOf, pick, widthOf } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { stepName } from '../step-name.js';

export interface FeatureMask<Kind extends string> extends Fitted<Kind> {
  /** The positions of the kept columns, in order: where `get_support()` is true. */
  readonly support: Int32Array;
  /** Whether missing values pass. */
  readonly allow_nan: boolean;
}

export function transformFeatureMask(mask: FeatureMask<string>, frame: Frame): Frame {
  const { support, kind, allow_nan } = mask;
  if (frame.sparse) return frameOfCsr(frame.rows, pickCsr(frame.sparse, support));
  const numbers = frame.dense !== undefined || frame.columns.every((column) => column.kind === 'number');
  // scikit-learn looks at all of the columns, also at those that are dropped
  if (numbers) matrixOf(frame, stepName(kind), allow_nan ? 'allowed' : 'refused');
  if (!frame.dense) return pick(frame, [...support]);
  const { values } = frame.dense;
  const width = widthOf(frame);
  const made =
    values instanceof Float32Array
      ? new Float32Array(frame.rows * support.length)
      : new Float64Array(frame.rows * support.length);
  for (let i = 0, at = 0; i < frame.rows; i++)
    for (let k = 0; k < support.length; k++) made[at++] = values[i * width + support[k]!]!;
  return frameOfMatrix(frame.rows, support.length, made);
}

function pickCsr({ width, indptr, indices, data }: Csr, support: Int32Array): Csr {
  const placeOf = new Int32Array(width).fill(-1);
  for (const [place, column] of support.entries()) placeOf[column] = place;
  const starts = new Int32Array(indptr.length);
  const kept: number[] = [];
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (let at = indptr[i]!; at < indptr[i + 1]!; at++) if (placeOf[indices[at]!]! >= 0) kept.push(at);
    starts[i + 1] = kept.length;
  }
  const kept32 = data instanceof Float32Array;
  return {
    width: support.length,
    indptr: starts,
    indices: Int32Array.from(kept, (at) => placeOf[indices[at]!]!),
    data: kept32 ? Float32Array.from(kept, (at) => data[at]!) : Float64Array.from(kept, (at) => data[at]!),
  };
}
