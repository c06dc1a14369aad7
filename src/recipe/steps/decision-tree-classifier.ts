// decision_tree_classifier: sklearn.tree.DecisionTreeClassifier.
import { fitDecisionTreeClassifier } from '../../training/tree/decision-tree-classifier.js';
import { rules } from '../rules.js';
import { classifierStep } from './step.js';
import { pruningParams, treeParams } from './tree-params.js';

export const decisionTreeClassifier = classifierStep(
  {
    module: 'sklearn.tree',
    does: 'Predicts a class by a tree of questions about single features.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, age, plan, size, spend] }
pipeline:
  - decision_tree_classifier: { max_depth: 4, min_samples_leaf: 5 }`,
  },
  {
    criterion: rules
      .oneOf('gini', 'entropy', 'log_loss')
      .default('gini')
      .describe('The measure of how mixed the classes of a node are.'),
    ...treeParams,
    class_weight: rules.classWeight.describe(
      'How much a row of each class counts; balanced: all classes the same in total.',
    ),
    ...pruningParams,
  },
  (params, { frame, target }) => fitDecisionTreeClassifier(frame, target, params),
);
