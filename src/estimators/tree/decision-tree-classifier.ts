// Turns features into labels and probabilities by a decision tree (sklearn.tree.DecisionTreeClassifier and ExtraTreeClassifier).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { Prediction, Scores } from '../prediction.js';
import { stepName } from '../step-name.js';
import { predictClasses, type TreeClasses } from './class-outputs.js';
import { sumTrees } from './sum-trees.js';
import type { Tree } from './tree.js';

export interface TreeClassifier<Kind extends string> extends Fitted<Kind>, TreeClasses {
  /** A leaf's values are the fractions of its classes, target by target. */
  readonly tree_: Tree;
  /** False if missing values are refused: scikit-learn's tag. They are taken if it is left out. */
  readonly allow_nan?: boolean;
}

export type DecisionTreeClassifier = TreeClassifier<'DecisionTreeClassifier'>;
export type ExtraTreeClassifier = TreeClassifier<'ExtraTreeClassifier'>;

export function predictTreeClassifier(model: TreeClassifier<string>, frame: Frame): Prediction {
  return predictClasses(model, leafFractions(model, frame).values, frame.rows);
}

/** The fractions of the classes in the leaf of each row. */
export function leafFractions({ kind, tree_, allow_nan }: TreeClassifier<string>, frame: Frame): Scores {
  const missing = allow_nan === false || frame.sparse ? 'refused' : 'allowed';
  const values = sumTrees([tree_], frame, { step: stepName(kind), float32: true, missing });
  return { values, width: tree_.value_width };
}
