// Fitted estimators as plain values: training makes them, `predict` evaluates them, `onnx/convert` writes them as a graph.
// Names and learned values are scikit-learn's.

/** A column of the data a pipeline takes, as in the signature. Numbers are used as float64 inside, text stays text. */
export interface FeatureColumn {
  readonly name: string;
  readonly type: 'double' | 'long' | 'string' | 'boolean';
  /** False where the training data had missing values in it (an imputer fills them). */
  readonly required: boolean;
}

/** x → (x − mean) / scale, column by column (sklearn.preprocessing.StandardScaler; scale 1 where the variance is 0). */
export interface StandardScaler {
  readonly kind: 'standard_scaler';
  readonly columns: readonly string[];
  readonly mean: Float64Array | null;
  readonly scale: Float64Array | null;
}

/** x → x · scale + min (sklearn.preprocessing.MinMaxScaler's `scale_` and `min_`), clipped to the range where `clip`. */
export interface MinMaxScaler {
  readonly kind: 'min_max_scaler';
  readonly columns: readonly string[];
  readonly scale: Float64Array;
  readonly min: Float64Array;
  readonly featureRange: readonly [number, number];
  readonly clip: boolean;
}

/** Missing → statistic, column by column (sklearn.impute.SimpleImputer). Text columns: missing is the empty string in the graph. */
export interface SimpleImputer {
  readonly kind: 'simple_imputer';
  readonly columns: readonly string[];
  readonly strategy: 'mean' | 'median' | 'most_frequent' | 'constant';
  readonly statistics: readonly (number | string)[];
}

/** Category → 0/1 columns named `<column>_<category>` (sklearn.preprocessing.OneHotEncoder, sparse_output=False). */
export interface OneHotEncoder {
  readonly kind: 'one_hot_encoder';
  readonly columns: readonly string[];
  /** Per column, sorted as scikit-learn sorts (numbers by value, text by code point). */
  readonly categories: readonly (readonly (string | number)[])[];
  readonly handleUnknown: 'error' | 'ignore';
  /** Per column the index of the dropped category, −1 for none. */
  readonly dropIndex: readonly number[];
}

export type Transformer = StandardScaler | MinMaxScaler | SimpleImputer | OneHotEncoder;

/** Labels keep their type: integers or text. */
export type ClassLabels =
  | { readonly type: 'long'; readonly values: readonly bigint[] }
  | { readonly type: 'string'; readonly values: readonly string[] };

/**
 * sklearn.linear_model.LogisticRegression, fitted. `coef` is row-major, (1 × features) for two classes, (classes × features)
 * for more; `intercept` has one value a row. Probability: logistic of the one score, or softmax over the scores.
 */
export interface LogisticRegression {
  readonly kind: 'logistic_regression';
  readonly features: readonly string[];
  readonly classes: ClassLabels;
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
  readonly iterations: number;
}

/** What ends a pipeline. Regressors join this union later. */
export type Predictor = LogisticRegression;

/**
 * A fitted pipeline. A step acts on its `columns`; the columns it does not name pass through, behind the transformed ones,
 * as in sklearn.compose.ColumnTransformer(remainder='passthrough'). A step over all columns keeps their order.
 */
export interface FittedPipeline {
  readonly inputs: readonly FeatureColumn[];
  readonly steps: readonly Transformer[];
  readonly predictor: Predictor;
}

/** What a predictor answers: one label and, for classifiers, one probability per class, for each row. */
export interface Prediction {
  readonly labels: readonly (bigint | string | number)[];
  /** Row-major, rows × classes. */
  readonly probabilities: Float64Array | null;
}
