// Turns every kind of estimator into the step of a recipe that trains it, if there is one.
import { stepName } from '../../estimators/step-name.js';
import type { Kind, Of } from '../../estimators/types.js';
import { columnTransformer } from './column-transformer.js';
import { decisionTreeClassifier } from './decision-tree-classifier.js';
import { decisionTreeRegressor } from './decision-tree-regressor.js';
import { linearRegression } from './linear-regression.js';
import { logisticRegression } from './logistic-regression.js';
import { minMaxScaler } from './min-max-scaler.js';
import { oneHotEncoder } from './one-hot-encoder.js';
import { ordinalEncoder } from './ordinal-encoder.js';
import { ridge } from './ridge.js';
import { simpleImputer } from './simple-imputer.js';
import { standardScaler } from './standard-scaler.js';
import type { Step } from './step.js';

export const STEPS = {
  StandardScaler: standardScaler,
  MinMaxScaler: minMaxScaler,
  SimpleImputer: simpleImputer,
  OneHotEncoder: oneHotEncoder,
  OrdinalEncoder: ordinalEncoder,
  ColumnTransformer: columnTransformer,
  FeatureUnion: 'unsupported',
  Pipeline: 'unsupported',
  LogisticRegression: logisticRegression,
  LinearRegression: linearRegression,
  Ridge: ridge,
  DecisionTreeClassifier: decisionTreeClassifier,
  DecisionTreeRegressor: decisionTreeRegressor,
  KMeans: 'unsupported',
} satisfies { readonly [K in Kind]: Step<Of<K>> | 'unsupported' };

const BY_NAME = new Map<string, Step>();
for (const [kind, step] of Object.entries(STEPS) as [Kind, Step | 'unsupported'][])
  if (step !== 'unsupported') BY_NAME.set(stepName(kind), step);

/** The names that a recipe may use, in the order they are shown. */
export const STEP_NAMES: readonly string[] = [...BY_NAME.keys()];

export function stepNamed(name: string): Step | undefined {
  return BY_NAME.get(name);
}
