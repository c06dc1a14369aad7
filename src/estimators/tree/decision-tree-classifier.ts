// Turns features into labels and probabilities by a decision tree (sklearn.tree.DecisionTreeClassifier).
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatest } from '../greatest.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { predictTree } from './apply-tree.js';
import type { Tree } from './tree.js';
import { treeColumns } from './tree-columns.js';

export interface DecisionTreeClassifier extends Fitted<'DecisionTreeClassifier'> {
  readonly classes_: AnyLabels;
  /** A leaf's values are the fractions of its classes. */
  readonly tree_: Tree;
}

export function predictDecisionTreeClassifier(model: DecisionTreeClassifier, frame: Frame): ClassPrediction {
  const { values } = leafFractions(model, frame);
  const width = model.tree_.value_width;
  const codes = new Int32Array(frame.rows);
  for (let row = 0; row < frame.rows; row++) codes[row] = greatest(values, row * width, width);
  return { role: 'classifier', classes: model.classes_, codes };
}

/** The fractions of the classes in the leaf of each row. */
export function leafFractions({ tree_ }: DecisionTreeClassifier, frame: Frame): Scores {
  const values = predictTree(tree_, treeColumns(frame, 'decision_tree_classifier'), frame.rows);
  return { values, width: tree_.value_width };
}
