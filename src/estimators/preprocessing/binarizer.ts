// Turns columns into whether each number is above a threshold (sklearn.preprocessing.Binarizer).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';

export interface Binarizer extends Fitted<'Binarizer'> {
  readonly threshold: number;
}

export function transformBinarizer({ threshold }: Binarizer, frame: Frame): Frame {
  return mapNumbers(frame, {
    step: 'binarizer',
    missing: 'refused',
    keepsZero: threshold >= 0,
    // numpy compares float32 with the threshold in float32
    changeOf: (_, single) => {
      const bound = single ? Math.fround(threshold) : threshold;
      return (x) => Number(x > bound);
    },
  });
}
