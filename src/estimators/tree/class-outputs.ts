// Turns the sums or fractions of classes, of one target or of several side by side, into labels and probabilities.
import type { AnyLabels } from '../fitted.js';
import { greatest } from '../greatest.js';
import type { ClassPrediction, Prediction } from '../prediction.js';

/** The classes of a tree or a forest. */
export interface TreeClasses {
  readonly classes_: AnyLabels;
  /** The classes of each target, if there are several; `classes_` are then those of the first. */
  readonly outputs_?: readonly AnyLabels[];
}

/** `values` is row-major, rows × targets × the most classes that a target has. */
export function predictClasses({ classes_, outputs_ }: TreeClasses, values: Float64Array, rows: number): Prediction {
  const outputs = outputs_ ?? [classes_];
  const stride = values.length / Math.max(rows, 1);
  const most = stride / outputs.length;
  const predicted = outputs.map((classes, k): ClassPrediction => {
    const codes = new Int32Array(rows);
    for (let row = 0; row < rows; row++) codes[row] = greatest(values, row * stride + k * most, classes.values.length);
    return { role: 'classifier', classes, codes };
  });
  return outputs_ ? { role: 'outputs', outputs: predicted } : predicted[0]!;
}
