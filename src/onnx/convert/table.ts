// Turns every kind of estimator into how it is written as ONNX, if it can be.
import type { Kind } from '../../estimators/types.js';
import { convertKMeans } from './cluster/k-means.js';
import { convertColumnTransformer } from './compose/column-transformer.js';
import type { ConverterOf } from './converter.js';
import { convertSimpleImputer } from './impute/simple-imputer.js';
import { convertLinearRegression } from './linear-model/linear-regression.js';
import { convertLogisticRegression } from './linear-model/logistic-regression.js';
import { convertFeatureUnion } from './pipeline/feature-union.js';
import { convertPipeline, convertPipelineTransform } from './pipeline/pipeline.js';
import { convertMinMaxScaler } from './preprocessing/min-max-scaler.js';
import { convertOneHotEncoder } from './preprocessing/one-hot-encoder.js';
import { convertOrdinalEncoder } from './preprocessing/ordinal-encoder.js';
import { convertStandardScaler } from './preprocessing/standard-scaler.js';
import { convertDecisionTreeClassifier } from './tree/decision-tree-classifier.js';
import { convertDecisionTreeRegressor } from './tree/decision-tree-regressor.js';

export const CONVERTERS = {
  StandardScaler: { transform: convertStandardScaler },
  MinMaxScaler: { transform: convertMinMaxScaler },
  SimpleImputer: { transform: convertSimpleImputer },
  OneHotEncoder: { transform: convertOneHotEncoder },
  OrdinalEncoder: { transform: convertOrdinalEncoder },
  ColumnTransformer: { transform: convertColumnTransformer },
  FeatureUnion: { transform: convertFeatureUnion },
  Pipeline: { transform: convertPipelineTransform, predict: convertPipeline },
  LogisticRegression: { predict: convertLogisticRegression },
  DecisionTreeClassifier: { predict: convertDecisionTreeClassifier },
  LinearRegression: { predict: convertLinearRegression },
  Ridge: { predict: convertLinearRegression },
  DecisionTreeRegressor: { predict: convertDecisionTreeRegressor },
  KMeans: { predict: convertKMeans },
} satisfies { readonly [K in Kind]: ConverterOf<K> | 'unsupported' };
