// Every kind of estimator and how its value is made of what Python saved, or that it is not read yet.
import type { Estimator, Kind, Of } from '../estimators/types.js';

/** An object as it was saved, of whatever file: scikit-learn's class name and the attributes by name. */
interface SavedObject {
  readonly kind: string;
  readonly attributes: ReadonlyMap<string, unknown>;
}

/** `read` makes the values of estimators that stand inside this one. */
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
