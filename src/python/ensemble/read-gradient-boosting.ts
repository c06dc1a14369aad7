// Turns what Python saved of a gradient boosting into its value.
import type {
  GradientBoostingClassifier,
  GradientBoostingRegressor,
} from '../../estimators/ensemble/gradient-boosting.js';
import type { Part } from '../../estimators/fitted.js';
import type { Tree } from '../../estimators/tree/tree.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import { readTree } from '../tree/read-tree.js';
import { treeAttributes } from './read-trees.js';

const SINGLE = 2 ** -23;
const DOUBLE = 2 ** -52;

export function readGradientBoostingClassifier(attributes: Attributes, read: ReadPart): GradientBoostingClassifier {
  const loss = attributes.get('loss').choice('log_loss', 'deviance', 'exponential');
  const classes = attributes.get('classes_').labels();
  const width = attributes.get('n_features_in_').integer(1);
  const legacy = attributes.isBefore(1, 4);
  return {
    ...attributes.fitted('GradientBoostingClassifier', width),
    classes_: classes,
    link: {
      epsilon: attributes.isBefore(1, 8) ? SINGLE : DOUBLE,
      factor: loss === 'exponential' ? 2 : 1,
      centred: !legacy,
    },
    labels: legacy && loss !== 'exponential' ? 'chances' : 'raw',
    ...readStages(attributes, read, width, classes.values.length <= 2 ? 1 : classes.values.length),
  };
}

export function readGradientBoostingRegressor(attributes: Attributes, read: ReadPart): GradientBoostingRegressor {
  attributes.get('loss').choice('squared_error', 'absolute_error', 'huber', 'quantile', 'ls', 'lad');
  const width = attributes.get('n_features_in_').integer(1);
  return {
    ...attributes.fitted('GradientBoostingRegressor', width),
    ...readStages(attributes, read, width, 1),
  };
}

interface Stages {
  readonly estimators_: readonly (readonly Tree[])[];
  readonly learning_rate: number;
  readonly init_: Part | 'zero';
}

/** `each`: the trees of a stage. */
function readStages(attributes: Attributes, read: ReadPart, width: number, each: number): Stages {
  const init = attributes.get('init_');
  const estimators = attributes.get('estimators_');
  const trees = estimators
    .cells(each)
    .map((row) => row.map((tree) => readTree(treeAttributes(tree), width, { numbers: 1 })));
  if (trees.length === 0) estimators.fail('at least one stage');
  return {
    estimators_: trees,
    learning_rate: attributes.get('learning_rate').number(),
    init_: init.saved === 'zero' ? 'zero' : read(init),
  };
}
