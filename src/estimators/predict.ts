// Turns an estimator and a table into its answer, in the estimator's own precision. A table says how each kind is evaluated.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { answerTable } from './answer.js';
import { predictKMeans } from './cluster/k-means.js';
import { transformColumnTransformer } from './compose/column-transformer.js';
import type { Parts, RowOf } from './evaluator.js';
import { expectWidth, type Frame, frameOf } from './frame.js';
import { transformSimpleImputer } from './impute/simple-imputer.js';
import { predictLinearRegression } from './linear-model/linear-regression.js';
import { predictLogisticRegression } from './linear-model/logistic-regression.js';
import { transformFeatureUnion } from './pipeline/feature-union.js';
import { predictPipeline, transformPipeline } from './pipeline/pipeline.js';
import type { Prediction } from './prediction.js';
import { transformMinMaxScaler } from './preprocessing/min-max-scaler.js';
import { transformOneHotEncoder } from './preprocessing/one-hot-encoder.js';
import { transformOrdinalEncoder } from './preprocessing/ordinal-encoder.js';
import { transformStandardScaler } from './preprocessing/standard-scaler.js';
import { predictDecisionTreeClassifier } from './tree/decision-tree-classifier.js';
import { predictDecisionTreeRegressor } from './tree/decision-tree-regressor.js';
import type { Estimator, Kind } from './types.js';

export const EVALUATORS = {
  StandardScaler: { role: 'transformer', transform: transformStandardScaler },
  MinMaxScaler: { role: 'transformer', transform: transformMinMaxScaler },
  SimpleImputer: { role: 'transformer', transform: transformSimpleImputer },
  OneHotEncoder: { role: 'transformer', transform: transformOneHotEncoder },
  OrdinalEncoder: { role: 'transformer', transform: transformOrdinalEncoder },
  ColumnTransformer: { role: 'transformer', transform: transformColumnTransformer },
  FeatureUnion: { role: 'transformer', transform: transformFeatureUnion },
  Pipeline: { role: 'pipeline', transform: transformPipeline, predict: predictPipeline },
  LogisticRegression: { role: 'classifier', probabilities: true, predict: predictLogisticRegression },
  DecisionTreeClassifier: { role: 'classifier', probabilities: true, predict: predictDecisionTreeClassifier },
  LinearRegression: { role: 'regressor', predict: predictLinearRegression },
  Ridge: { role: 'regressor', predict: predictLinearRegression },
  DecisionTreeRegressor: { role: 'regressor', predict: predictDecisionTreeRegressor },
  KMeans: { role: 'clusterer', predict: predictKMeans },
} satisfies { readonly [K in Kind]: RowOf<K> };

const parts: Parts = { transform: transformFrame, predict: predictFrame };

/** A row of the table, typed as the row of its kind; the compiler does not follow a kind through a look-up. */
type AnyRow = {
  readonly transform?: (estimator: Estimator, frame: Frame, parts: Parts) => Frame;
  readonly predict?: (estimator: Estimator, frame: Frame, parts: Parts) => Prediction;
};

export function transformFrame(estimator: Estimator, frame: Frame): Frame {
  const row = EVALUATORS[estimator.kind] as unknown as AnyRow;
  expectWidth(frame, estimator);
  if (row.transform) return row.transform(estimator, frame, parts);
  throw new MlctlError('MODEL_UNSUPPORTED', `${estimator.kind} predicts, it does not transform`);
}

export function predictFrame(estimator: Estimator, frame: Frame): Prediction {
  const row = EVALUATORS[estimator.kind] as unknown as AnyRow;
  expectWidth(frame, estimator);
  if (row.predict) return row.predict(estimator, frame, parts);
  throw new MlctlError('MODEL_UNSUPPORTED', `${estimator.kind} transforms, it does not predict`);
}

/**
 * The answer that an opened model gives: `label` and `probability_<class>` of a classifier, `prediction` of a regressor,
 * `cluster` of a clusterer. Columns that the estimator does not take are ignored.
 */
export function predict(estimator: Estimator, table: Table): Table {
  return answerTable(predictFrame(estimator, frameOf(table, estimator)), table.rows);
}
