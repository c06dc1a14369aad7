// Turns what Python saved of every kind of estimator into its value, if mlctl can read it.
import type { Estimator, Kind, Of } from '../estimators/types.js';

/** An object as it was saved, in any kind of file: scikit-learn's class name and the attributes by name. */
interface SavedObject {
  readonly kind: string;
  readonly attributes: ReadonlyMap<string, unknown>;
}

/** `read` makes the values of estimators inside this one. */
type Reader<E extends Estimator> = (saved: SavedObject, read: (saved: SavedObject) => Estimator) => E;

export const READERS = {
  StandardScaler: 'unsupported',
  MinMaxScaler: 'unsupported',
  SimpleImputer: 'unsupported',
  OneHotEncoder: 'unsupported',
  OrdinalEncoder: 'unsupported',
  ColumnTransformer: 'unsupported',
  FeatureUnion: 'unsupported',
  Pipeline: 'unsupported',
  LogisticRegression: 'unsupported',
  DecisionTreeClassifier: 'unsupported',
  LinearRegression: 'unsupported',
  Ridge: 'unsupported',
  DecisionTreeRegressor: 'unsupported',
  KMeans: 'unsupported',
} satisfies { readonly [K in Kind]: Reader<Of<K>> | 'unsupported' };
