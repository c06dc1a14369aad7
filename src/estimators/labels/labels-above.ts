// Turns whether a row has each of some labels into a prediction: 0 or 1 for each label.
import type { AnyLabels } from '../fitted.js';
import type { OutputsPrediction } from '../prediction.js';

const HAS_LABEL: AnyLabels = { type: 'long', values: [0n, 1n] };

/** `scores` is row-major, rows × labels; above `threshold` the row has the label. */
export function labelsAbove(threshold: number, scores: ArrayLike<number>, labels: number): OutputsPrediction {
  const rows = scores.length / labels;
  const outputs = Array.from({ length: labels }, (_, k) => {
    const codes = Int32Array.from({ length: rows }, (_, i) => Number(scores[i * labels + k]! > threshold));
    return { role: 'classifier', classes: HAS_LABEL, codes } as const;
  });
  return { role: 'outputs', outputs };
}
