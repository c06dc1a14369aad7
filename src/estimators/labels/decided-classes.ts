// Turns decision values into classes: by one value a row of two classes, or by the greatest of one value a class.
import type { AnyLabels } from '../fitted.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { greatestClasses } from './greatest-classes.js';

/** `isSecond` says whether the one value speaks for the second class. */
export function decidedClasses(
  classes: AnyLabels,
  { values, width }: Scores,
  isSecond: (value: number) => boolean = (value) => value > 0,
): ClassPrediction {
  if (width !== null) return greatestClasses(classes, values);
  return { role: 'classifier', classes, codes: Int32Array.from(values, (value) => Number(isSecond(value))) };
}
