// Every fitted estimator as a plain value: training makes it, `predict` evaluates it, `onnx/convert` writes it as a graph. Each
// leaf is described in its own file. Estimators that contain others are described here, because the union is recursive.
import type { KMeans } from './cluster/k-means.js';
import type { Fitted } from './fitted.js';
import type { SimpleImputer } from './impute/simple-imputer.js';
import type { LinearRegression, Ridge } from './linear-model/linear-regression.js';
import type { LogisticRegression } from './linear-model/logistic-regression.js';
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
export type Clusterer = KMeans;

export type Estimator = Transformer | Classifier | Regressor | Clusterer | Pipeline;

export type Kind = Estimator['kind'];

export type Of<K extends Kind> = Extract<Estimator, { readonly kind: K }>;

/** sklearn.pipeline.Pipeline: each step takes what the one before it gives. The last step decides its role. */
export interface Pipeline extends Fitted<'Pipeline'> {
  readonly steps: readonly { readonly name: string; readonly estimator: Estimator }[];
}

/**
 * sklearn.compose.ColumnTransformer: each transformer takes its columns by position, and the made columns are put side by side,
 * in order. The last entry, named `remainder`, is for the columns that no transformer takes.
 */
export interface ColumnTransformer extends Fitted<'ColumnTransformer'> {
  readonly transformers_: readonly {
    readonly name: string;
    readonly transformer: Estimator | 'passthrough' | 'drop';
    readonly columns: readonly number[];
  }[];
  /** True: a made column is named `<transformer>__<column>`. */
  readonly verbose_feature_names_out: boolean;
}

/** sklearn.pipeline.FeatureUnion: every transformer takes all columns, and the made columns are put side by side. */
export interface FeatureUnion extends Fitted<'FeatureUnion'> {
  readonly transformer_list: readonly {
    readonly name: string;
    readonly transformer: Estimator | 'passthrough' | 'drop';
    /** `transformer_weights`: factors for the made numbers; 1 if not given. */
    readonly weight: number;
  }[];
}
