// Turns every class that Python's models can have and that has an exact form in ONNX into how it is written.
import type { EVALUATORS } from '../../estimators/evaluators.js';
import { convertColumnTransformer } from '../convert/compose/column-transformer.js';
import { convertSimpleImputer } from '../convert/impute/simple-imputer.js';
import { convertFeatureUnion } from '../convert/pipeline/feature-union.js';
import { convertMinMaxScaler } from '../convert/preprocessing/min-max-scaler.js';
import { convertOneHotEncoder } from '../convert/preprocessing/one-hot-encoder.js';
import { convertOrdinalEncoder } from '../convert/preprocessing/ordinal-encoder.js';
import { convertStandardScaler } from '../convert/preprocessing/standard-scaler.js';
import type { AnswerRow } from './answer-converter.js';
import { BOOSTER } from './boosters/booster.js';
import { CALIBRATED } from './calibration/calibrated-classifier.js';
import { K_MEANS } from './cluster/k-means.js';
import { CENTRED_PROJECTION, PROJECTION } from './decomposition/projection.js';
import { PARTIAL_LEAST_SQUARES, SHARED_DIRECTIONS } from './decomposition/shared-directions.js';
import { ADA_BOOST_CLASSIFIER } from './ensemble/ada-boost-classifier.js';
import { BAGGING_CLASSIFIER, BAGGING_REGRESSOR } from './ensemble/bagging.js';
import { TREE_CLASSIFIER, TREE_REGRESSOR } from './ensemble/forest.js';
import { GRADIENT_BOOSTING_CLASSIFIER, GRADIENT_BOOSTING_REGRESSOR } from './ensemble/gradient-boosting.js';
import {
  HIST_GRADIENT_BOOSTING_CLASSIFIER,
  HIST_GRADIENT_BOOSTING_REGRESSOR,
} from './ensemble/hist-gradient-boosting.js';
import { STACKING_CLASSIFIER, STACKING_REGRESSOR } from './ensemble/stacking.js';
import { VOTING_CLASSIFIER, VOTING_REGRESSOR } from './ensemble/voting.js';
import {
  LINEAR_DISCRIMINANT_ANALYSIS,
  LOGISTIC_REGRESSION,
  SGD_CLASSIFIER,
} from './linear-model/class-probabilities.js';
import { LINEAR_CLASSIFIER, RIDGE_CLASSIFIER } from './linear-model/linear-classifier.js';
import { GLM_REGRESSOR, LINEAR_REGRESSOR } from './linear-model/linear-regressor.js';
import { THRESHOLD } from './model-selection/threshold-classifier.js';
import { MULTI_OUTPUT, ONE_VS_REST } from './multioutput/one-vs-rest.js';
import { BERNOULLI_NB, DISCRETE_NB, GAUSSIAN_NB } from './naive-bayes/naive-bayes.js';
import { MLP_CLASSIFIER, MLP_REGRESSOR } from './neural-network/multi-layer.js';
import { ELIMINATED, PIPELINE, RANSAC, SEARCH } from './pipeline/delegates.js';
import { FEATURE_MASK } from './preprocessing/feature-mask.js';
import { FUNCTION_TRANSFORMER } from './preprocessing/function-transformer.js';
import { POLYNOMIAL_FEATURES } from './preprocessing/polynomial-features.js';
import { BINARIZER, MAX_ABS_SCALER, NORMALIZER, ROBUST_SCALER } from './preprocessing/scalers.js';
import { TRANSFORMED_TARGET_REGRESSOR } from './preprocessing/transformed-target-regressor.js';
import { ONE_CLASS_SVM, SUPPORT_VECTOR_CLASSIFIER, SUPPORT_VECTOR_REGRESSOR } from './svm/support-vectors.js';

const each = <Row>(row: Row, ...kinds: readonly (keyof typeof EVALUATORS)[]): [string, Row][] =>
  kinds.map((kind) => [kind, row]);

/** Typed as the row of any class; the compiler does not follow a kind through a look-up. */
export const ANSWERS: ReadonlyMap<string, AnswerRow<never>> = new Map<string, AnswerRow<never>>([
  ...each(
    LINEAR_REGRESSOR,
    'ARDRegression',
    'BayesianRidge',
    'ElasticNet',
    'ElasticNetCV',
    'HuberRegressor',
    'Lars',
    'LarsCV',
    'Lasso',
    'LassoCV',
    'LassoLars',
    'LassoLarsCV',
    'LassoLarsIC',
    'LinearRegression',
    'LinearSVR',
    'MultiTaskElasticNet',
    'MultiTaskElasticNetCV',
    'MultiTaskLasso',
    'MultiTaskLassoCV',
    'OrthogonalMatchingPursuit',
    'OrthogonalMatchingPursuitCV',
    'PassiveAggressiveRegressor',
    'QuantileRegressor',
    'Ridge',
    'RidgeCV',
    'SGDRegressor',
    'TheilSenRegressor',
  ),
  ...each(GLM_REGRESSOR, 'GammaRegressor', 'PoissonRegressor', 'TweedieRegressor'),
  ...each(LINEAR_CLASSIFIER, 'LinearSVC', 'PassiveAggressiveClassifier', 'Perceptron'),
  ...each(RIDGE_CLASSIFIER, 'RidgeClassifier', 'RidgeClassifierCV'),
  ...each(LOGISTIC_REGRESSION, 'LogisticRegression', 'LogisticRegressionCV'),
  ...each(SGD_CLASSIFIER, 'SGDClassifier'),
  ...each(LINEAR_DISCRIMINANT_ANALYSIS, 'LinearDiscriminantAnalysis'),
  ...each(RANSAC, 'RANSACRegressor'),
  ...each(TREE_CLASSIFIER, 'DecisionTreeClassifier', 'ExtraTreeClassifier'),
  ...each(TREE_CLASSIFIER, 'RandomForestClassifier', 'ExtraTreesClassifier'),
  ...each(TREE_REGRESSOR, 'DecisionTreeRegressor', 'ExtraTreeRegressor'),
  ...each(TREE_REGRESSOR, 'RandomForestRegressor', 'ExtraTreesRegressor'),
  ...each(GRADIENT_BOOSTING_CLASSIFIER, 'GradientBoostingClassifier'),
  ...each(GRADIENT_BOOSTING_REGRESSOR, 'GradientBoostingRegressor'),
  ...each(HIST_GRADIENT_BOOSTING_CLASSIFIER, 'HistGradientBoostingClassifier'),
  ...each(HIST_GRADIENT_BOOSTING_REGRESSOR, 'HistGradientBoostingRegressor'),
  ...each(ADA_BOOST_CLASSIFIER, 'AdaBoostClassifier'),
  ...each(BAGGING_CLASSIFIER, 'BaggingClassifier'),
  ...each(BAGGING_REGRESSOR, 'BaggingRegressor'),
  ...each(VOTING_CLASSIFIER, 'VotingClassifier'),
  ...each(VOTING_REGRESSOR, 'VotingRegressor'),
  ...each(STACKING_CLASSIFIER, 'StackingClassifier'),
  ...each(STACKING_REGRESSOR, 'StackingRegressor'),
  ...each(CALIBRATED, 'CalibratedClassifierCV'),
  ...each(ONE_VS_REST, 'OneVsRestClassifier'),
  ...each(MULTI_OUTPUT, 'MultiOutputClassifier', 'MultiOutputRegressor'),
  ...each(MLP_CLASSIFIER, 'MLPClassifier'),
  ...each(MLP_REGRESSOR, 'MLPRegressor'),
  ...each(GAUSSIAN_NB, 'GaussianNB'),
  ...each(DISCRETE_NB, 'MultinomialNB', 'ComplementNB'),
  ...each(BERNOULLI_NB, 'BernoulliNB'),
  ...each(THRESHOLD, 'FixedThresholdClassifier', 'TunedThresholdClassifierCV'),
  ...each(TRANSFORMED_TARGET_REGRESSOR, 'TransformedTargetRegressor'),
  ...each(FUNCTION_TRANSFORMER, 'FunctionTransformer'),
  ...each(PARTIAL_LEAST_SQUARES, 'CCA', 'PLSCanonical', 'PLSRegression'),
  ...each(SHARED_DIRECTIONS, 'PLSSVD'),
  ...each(SUPPORT_VECTOR_CLASSIFIER, 'SVC', 'NuSVC'),
  ...each(SUPPORT_VECTOR_REGRESSOR, 'SVR', 'NuSVR'),
  ...each(ONE_CLASS_SVM, 'OneClassSVM'),
  ...['XGBModel', 'Booster', 'CatBoost'].map((kind): [string, typeof BOOSTER] => [kind, BOOSTER]),
  ...each(BOOSTER, 'LGBMClassifier', 'LGBMRegressor', 'LGBMRanker', 'XGBClassifier', 'XGBRFClassifier'),
  ...each(BOOSTER, 'XGBRegressor', 'XGBRFRegressor', 'XGBRanker', 'CatBoostClassifier', 'CatBoostRegressor'),
  ...each(BOOSTER, 'CatBoostRanker'),
  ...each(K_MEANS, 'KMeans', 'MiniBatchKMeans'),
  ...each(PIPELINE, 'Pipeline'),
  ...each(SEARCH, 'GridSearchCV', 'RandomizedSearchCV', 'HalvingGridSearchCV', 'HalvingRandomSearchCV'),
  ...each(SEARCH, 'FrozenEstimator'),
  ...each(ELIMINATED, 'RFE', 'RFECV'),
  ...each(FEATURE_MASK, 'VarianceThreshold', 'SelectKBest', 'SelectPercentile', 'SelectFpr', 'SelectFdr'),
  ...each(FEATURE_MASK, 'SelectFwe', 'GenericUnivariateSelect', 'SelectFromModel', 'SequentialFeatureSelector'),
  ...each(PROJECTION, 'PCA', 'IncrementalPCA', 'TruncatedSVD', 'NeighborhoodComponentsAnalysis'),
  ...each(PROJECTION, 'GaussianRandomProjection', 'SparseRandomProjection'),
  ...each(CENTRED_PROJECTION, 'FastICA', 'FactorAnalysis'),
  ...each({ transform: convertStandardScaler }, 'StandardScaler'),
  ...each({ transform: convertMinMaxScaler }, 'MinMaxScaler'),
  ...each(ROBUST_SCALER, 'RobustScaler'),
  ...each(MAX_ABS_SCALER, 'MaxAbsScaler'),
  ...each(NORMALIZER, 'Normalizer'),
  ...each(BINARIZER, 'Binarizer'),
  ...each(POLYNOMIAL_FEATURES, 'PolynomialFeatures'),
  ...each({ transform: convertSimpleImputer }, 'SimpleImputer'),
  ...each({ transform: convertOneHotEncoder }, 'OneHotEncoder'),
  ...each({ transform: convertOrdinalEncoder }, 'OrdinalEncoder'),
  ...each({ transform: convertColumnTransformer }, 'ColumnTransformer'),
  ...each({ transform: convertFeatureUnion }, 'FeatureUnion'),
] as [string, AnswerRow<never>][]);
