// Turns decision values into the labels of an outlier detector: −1 below zero, else 1.
import type { ClassPrediction } from './prediction.js';

export function outlierPrediction(decisions: ArrayLike<number>): ClassPrediction {
  // a NaN is not below zero
  const codes = Int32Array.from(decisions, (value) => (value < 0 ? 0 : 1));
  return { role: 'classifier', classes: { type: 'long', values: [-1n, 1n] }, codes };
}
