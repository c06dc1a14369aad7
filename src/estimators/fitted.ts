// The properties that every fitted estimator has. Learned values and parameters are beside them under scikit-learn's names.

export interface Fitted<Kind extends string> {
  /** scikit-learn's class name. */
  readonly kind: Kind;
  /** `feature_names_in_` if the training data had names, else `n_features_in_`. Inside, columns are known by position. */
  readonly featuresIn: FeaturesIn;
  readonly dtype: Dtype;
}

export type FeaturesIn = { readonly names: readonly string[] } | { readonly count: number };

/** The precision of its computations: float32 if scikit-learn was trained on float32. */
export type Dtype = 'float64' | 'float32';

/** Any fitted estimator: what one that contains others knows of them. The tables are asked by its `kind`. */
export type Part = Fitted<string>;

/** Labels keep their type: integers or text. Sorted, as scikit-learn's `classes_`. */
export type ClassLabels =
  | { readonly type: 'long'; readonly values: readonly bigint[] }
  | { readonly type: 'string'; readonly values: readonly string[] };

/** Python's models have labels of two more types. */
export type AnyLabels =
  | ClassLabels
  | { readonly type: 'double'; readonly values: readonly number[] }
  | { readonly type: 'boolean'; readonly values: readonly boolean[] };

/** A label of any type. */
export type Label = AnyLabels['values'][number];

export function featureCount({ featuresIn }: Fitted<string>): number {
  return 'names' in featuresIn ? featuresIn.names.length : featuresIn.count;
}
