// Turns one score a class and row into the class of the greatest score of each row.
import type { AnyLabels } from '../fitted.js';
import { greatest } from '../greatest.js';
import type { ClassPrediction } from '../prediction.js';

/** `scores` is row-major, rows × classes. The first of equal scores counts. */
export function greatestClasses(classes: AnyLabels, scores: ArrayLike<number>): ClassPrediction {
  const width = classes.values.length;
  const codes = new Int32Array(scores.length / width);
  for (let row = 0; row < codes.length; row++) codes[row] = greatest(scores, row * width, width);
  return { role: 'classifier', classes, codes };
}
