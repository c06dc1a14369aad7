// Turns columns of categories into the mean of the target for each (sklearn.preprocessing.TargetEncoder).
import type { Fitted } from '../fitted.js';
import { type Frame, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { refuseInfinities } from './category-errors.js';
import { type Categories, categoryPlaces } from './category-places.js';

export interface TargetEncoder extends Fitted<'TargetEncoder'> {
  /** [features][categories] */
  readonly categories_: readonly Categories[];
  /** [features × targets][categories]: there are several targets for several classes. */
  readonly encodings_: readonly Float64Array[];
  /** [targets]: what an unknown category becomes. */
  readonly target_mean_: Float64Array;
}

export function transformTargetEncoder(encoder: TargetEncoder, frame: Frame): Frame {
  refuseInfinities(frame, 'target_encoder');
  const { categories_, encodings_, target_mean_ } = encoder;
  const targets = target_mean_.length;
  const width = widthOf(frame) * targets;
  const made = new Float64Array(frame.rows * width);
  frame.columns.forEach((column, j) => {
    const places = categoryPlaces(column, categories_[j]!);
    for (let k = 0; k < targets; k++) {
      const encoding = encodings_[j * targets + k]!;
      const unknown = target_mean_[k]!;
      for (let i = 0; i < frame.rows; i++)
        made[i * width + j * targets + k] = places[i]! < 0 ? unknown : encoding[places[i]!]!;
    }
  });
  return frameOfMatrix(frame.rows, width, made);
}
