// Turns what an imputer filled into its frame: the columns that it keeps, and behind them what tells of the gaps.
import type { Frame, Numbers } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import type { MissingIndicator } from './missing-indicator.js';

interface Filled {
  /** What came in. */
  readonly frame: Frame;
  /** Row-major, rows × width. */
  readonly values: Numbers;
  readonly width: number;
  /** The places of the columns that are kept. */
  readonly kept: readonly number[];
}

/** `isMissing`: row-major, of the columns that came in. */
export function withIndicator(
  { frame, values, width, kept }: Filled,
  indicator: MissingIndicator | null,
  isMissing: Uint8Array,
): Frame {
  const told = indicator?.features_ ?? new Int32Array();
  if (told.length === 0 && kept.length === width) return frameOfMatrix(frame.rows, width, values);
  const total = kept.length + told.length;
  // the mask is made of booleans, which leave float32 as it is
  const made =
    values instanceof Float32Array ? new Float32Array(frame.rows * total) : new Float64Array(frame.rows * total);
  const before = frame.rows === 0 ? 0 : isMissing.length / frame.rows;
  for (let i = 0; i < frame.rows; i++) {
    kept.forEach((place, to) => {
      made[i * total + to] = values[i * width + place]!;
    });
    told.forEach((place, to) => {
      made[i * total + kept.length + to] = isMissing[i * before + place]!;
    });
  }
  return frameOfMatrix(frame.rows, total, made);
}
