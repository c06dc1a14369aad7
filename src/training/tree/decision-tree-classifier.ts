// Turns features and classes into a fitted decision tree, as sklearn.tree.DecisionTreeClassifier grows it.
import { MlctlError } from '../../errors/error.js';
import type { Frame } from '../../estimators/frame.js';
import type { DecisionTreeClassifier } from '../../estimators/tree/decision-tree-classifier.js';
import { treeColumns } from '../../estimators/tree/tree-columns.js';
import type { Work } from '../../work.js';
import { type ClassWeight, classWeights } from '../class-weights.js';
import { fittedOn } from '../fitted-on.js';
import type { ClassTarget } from '../target.js';
import { type ClassCriterionName, fitClassTree } from './fit-tree.js';
import type { TreeParams } from './tree-params.js';

const STEP = 'decision_tree_classifier';

interface DecisionTreeClassifierParams extends TreeParams {
  readonly criterion: ClassCriterionName;
  readonly class_weight: ClassWeight;
}

export function* fitDecisionTreeClassifier(
  frame: Frame,
  target: ClassTarget,
  params: DecisionTreeClassifierParams,
): Work<DecisionTreeClassifier> {
  const each = classWeights(params.class_weight, target, STEP);
  if (each?.every((weight) => weight === 0))
    throw new MlctlError('RECIPE_INVALID', `${STEP}.class_weight gives every class of the training rows the weight 0`, {
      hint: 'give a class a weight above 0',
    });
  const columns = treeColumns(frame, STEP);
  const weights = each && Float64Array.from(target.codes, (k) => each[k]!);
  const classes = target.classes.values.length;
  return {
    kind: 'DecisionTreeClassifier',
    ...fittedOn(frame),
    classes_: target.classes,
    tree_: yield* fitClassTree({ columns, weights }, { classes, codes: target.codes }, params),
  };
}
