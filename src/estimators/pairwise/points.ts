// Turns a frame into points: the row-major matrix whose rows distances and kernels compare.
import { type Frame, matrixOf, widthOf } from '../frame.js';

/** Row-major, rows × width. */
export interface Points {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

export function pointsOf(frame: Frame, step: string, missing: 'refused' | 'allowed' = 'refused'): Points {
  return { rows: frame.rows, width: widthOf(frame), values: matrixOf(frame, step, missing) };
}
