// Turns features into labels and probabilities by a decision tree (sklearn.tree.DecisionTreeClassifier).
import type { ClassLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ClassPrediction } from '../prediction.js';
import { predictTree } from './apply-tree.js';
import type { Tree } from './tree.js';
import { treeColumns } from './tree-columns.js';

export interface DecisionTreeClassifier extends Fitted<'DecisionTreeClassifier'> {
  readonly classes_: ClassLabels;
  /** A leaf's values are the fractions of its classes. */
  readonly tree_: Tree;
}

export function predictDecisionTreeClassifier(model: DecisionTreeClassifier, frame: Frame): ClassPrediction {
  const probabilities = predictTree(model.tree_, treeColumns(frame, 'decision_tree_classifier'), frame.rows);
  const width = model.tree_.value_width;
  const codes = new Int32Array(frame.rows);
  for (let row = 0; row < frame.rows; row++) codes[row] = greatest(probabilities, row * width, width);
  return { role: 'classifier', classes: model.classes_, codes, probabilities };
}

/** The position of the greatest of `count` values, the first of equals. */
export function greatest(values: Float64Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[from + k]! > values[from + best]!) best = k;
  return best;
}
