// Turns the decision values of an outlier detector into its prediction: 1 for an inlier, −1 for an outlier.
import type { ClassPrediction, Scores } from '../prediction.js';

/** The detectors differ in what a value of zero is, and one that is not a number. */
export function inliers({ values }: Scores, isInlier: (value: number) => boolean): ClassPrediction {
  const codes = Int32Array.from(values, (value) => Number(isInlier(value)));
  return { role: 'classifier', classes: { type: 'long', values: [-1n, 1n] }, codes };
}
