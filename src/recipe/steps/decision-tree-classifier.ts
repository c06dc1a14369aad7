// decision_tree_classifier: sklearn.tree.DecisionTreeClassifier.
import { fitDecisionTreeClassifier } from '../../training/tree/decision-tree-classifier.js';
import { rules } from '../rules.js';
import { classifierStep } from './step.js';
import { pruningParams, treeParams } from './tree-params.js';

export const decisionTreeClassifier = classifierStep(
  {
    criterion: rules.oneOf('gini', 'entropy', 'log_loss').default('gini'),
    ...treeParams,
    class_weight: rules.classWeight,
    ...pruningParams,
  },
  (params, { frame, target }) => fitDecisionTreeClassifier(frame, target, params),
);
