// Turns features into an answer by many trees (sklearn.ensemble.RandomForest* and ExtraTrees*): the mean of the trees' answers.
import type { Row } from '../evaluator.js';
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { Scores } from '../prediction.js';
import { stepName } from '../step-name.js';
import { predictClasses, type TreeClasses } from '../tree/class-outputs.js';
import { sumTrees } from '../tree/sum-trees.js';
import type { Tree } from '../tree/tree.js';

interface Forest<Kind extends string> extends Fitted<Kind> {
  /** The trees of the estimators, all of one shape. */
  readonly estimators_: readonly Tree[];
  /** scikit-learn's tag: whether missing values are taken. */
  readonly allow_nan: boolean;
}

export interface ForestClassifier<Kind extends string> extends Forest<Kind>, TreeClasses {}

export type ForestRegressor<Kind extends string> = Forest<Kind>;

function meanOfTrees({ kind, estimators_: trees, allow_nan }: Forest<string>, frame: Frame): Float64Array {
  const missing = allow_nan && !frame.sparse ? 'allowed' : 'refused';
  const sums = sumTrees(trees, frame, { step: stepName(kind), float32: true, missing });
  for (let at = 0; at < sums.length; at++) sums[at] = sums[at]! / trees.length;
  return sums;
}

export const FOREST_CLASSIFIER = {
  role: 'classifier',
  has: ({ outputs_ }, method) => method === 'predict' || outputs_ === undefined,
  predict: (forest, frame) => predictClasses(forest, meanOfTrees(forest, frame), frame.rows),
  predict_proba: (forest, frame): Scores => {
    return { values: meanOfTrees(forest, frame), width: forest.classes_.values.length };
  },
} satisfies Row<ForestClassifier<string>>;

export const FOREST_REGRESSOR = {
  role: 'regressor',
  predict: (forest, frame) => {
    const width = forest.estimators_[0]!.value_width;
    return { role: 'regressor', values: meanOfTrees(forest, frame), width: width > 1 ? width : null };
  },
} satisfies Row<ForestRegressor<string>>;
