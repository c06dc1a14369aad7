// The estimators that a recipe trains and that are written as graphs, as plain values, each described in its own file. Python's
// models have many more, which are known by their rows in `table.ts`. One that contains others holds them as `Part`.
import type { KMeans } from './cluster/k-means.js';
import type { ColumnTransformer } from './compose/column-transformer.js';
import type { SimpleImputer } from './impute/simple-imputer.js';
import type { LinearRegression, Ridge } from './linear-model/linear-regression.js';
import type { LogisticRegression } from './linear-model/logistic-regression.js';
import type { FeatureUnion } from './pipeline/feature-union.js';
import type { Pipeline } from './pipeline/pipeline.js';
import type { MinMaxScaler } from './preprocessing/min-max-scaler.js';
import type { OneHotEncoder } from './preprocessing/one-hot-encoder.js';
import type { OrdinalEncoder } from './preprocessing/ordinal-encoder.js';
import type { StandardScaler } from './preprocessing/standard-scaler.js';
import type { DecisionTreeClassifier } from './tree/decision-tree-classifier.js';
import type { DecisionTreeRegressor } from './tree/decision-tree-regressor.js';

/** Columns in, columns out. */
export type Transformer =
  | StandardScaler
  | MinMaxScaler
  | SimpleImputer
  | OneHotEncoder
  | OrdinalEncoder
  | ColumnTransformer
  | FeatureUnion;

/** Columns in, one of `classes_` out. */
export type Classifier = LogisticRegression | DecisionTreeClassifier;

/** Columns in, a quantity out. */
export type Regressor = LinearRegression | Ridge | DecisionTreeRegressor;

/** Columns in, the number of a cluster out. */
type Clusterer = KMeans;

export type Estimator = Transformer | Classifier | Regressor | Clusterer | Pipeline;

export type Kind = Estimator['kind'];

export type Of<K extends Kind> = Extract<Estimator, { readonly kind: K }>;
