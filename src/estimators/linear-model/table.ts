// Turns every class of sklearn.linear_model into how it is evaluated.
import type { Row, Rows } from '../evaluator.js';
import { type GlmRegressor, predictGlmRegressor } from './glm-regressor.js';
import { decideLinearClassifier, type LinearClassifier, predictLinearClassifier } from './linear-classifier.js';
import { type LinearRegressor, predictLinearRegression } from './linear-regression.js';
import { type LogisticRegression, type LogisticRegressor, logisticProbabilities } from './logistic-regression.js';
import { predictRansacRegressor, type RansacRegressor } from './ransac-regressor.js';
import { predictRidgeClassifier, type RidgeClassification } from './ridge-classifier.js';
import { hasSgdMethod, type SgdClassifier, sgdProbabilities } from './sgd-classifier.js';
import {
  decideSgdOneClassSvm,
  predictSgdOneClassSvm,
  type SgdOneClassSvm,
  scoreSgdOneClassSvm,
} from './sgd-one-class-svm.js';

/** They differ in how they are fitted. */
type LinearKind =
  | 'ARDRegression'
  | 'BayesianRidge'
  | 'ElasticNet'
  | 'ElasticNetCV'
  | 'HuberRegressor'
  | 'Lars'
  | 'LarsCV'
  | 'Lasso'
  | 'LassoCV'
  | 'LassoLars'
  | 'LassoLarsCV'
  | 'LassoLarsIC'
  | 'LinearRegression'
  | 'MultiTaskElasticNet'
  | 'MultiTaskElasticNetCV'
  | 'MultiTaskLasso'
  | 'MultiTaskLassoCV'
  | 'OrthogonalMatchingPursuit'
  | 'OrthogonalMatchingPursuitCV'
  | 'PassiveAggressiveRegressor'
  | 'QuantileRegressor'
  | 'Ridge'
  | 'RidgeCV'
  | 'SGDRegressor'
  | 'TheilSenRegressor';
type GlmKind = 'GammaRegressor' | 'PoissonRegressor' | 'TweedieRegressor';
type RidgeClassifierKind = 'RidgeClassifier' | 'RidgeClassifierCV';
type ClassifierKind = 'PassiveAggressiveClassifier' | 'Perceptron';

type EachOf<K> =
  | (K extends LinearKind ? LinearRegressor<K> : never)
  | (K extends GlmKind ? GlmRegressor<K> : never)
  | (K extends RidgeClassifierKind ? RidgeClassification<K> : never)
  | (K extends ClassifierKind ? LinearClassifier<K> : never);

const LINEAR = { role: 'regressor', predict: predictLinearRegression } as const satisfies Row<LinearRegressor<string>>;
const GLM = { role: 'regressor', predict: predictGlmRegressor } as const satisfies Row<GlmRegressor<string>>;
const CLASSIFIER = {
  role: 'classifier',
  predict: predictLinearClassifier,
  decision_function: decideLinearClassifier,
} as const satisfies Row<LinearClassifier<string>>;
const RIDGE_CLASSIFIER = {
  ...CLASSIFIER,
  predict: predictRidgeClassifier,
} as const satisfies Row<RidgeClassification<string>>;
const LOGISTIC = {
  ...CLASSIFIER,
  predict_proba: logisticProbabilities,
} as const satisfies Row<LogisticRegressor<string>>;

export const LINEAR_MODEL = {
  ARDRegression: LINEAR,
  BayesianRidge: LINEAR,
  ElasticNet: LINEAR,
  ElasticNetCV: LINEAR,
  GammaRegressor: GLM,
  HuberRegressor: LINEAR,
  Lars: LINEAR,
  LarsCV: LINEAR,
  Lasso: LINEAR,
  LassoCV: LINEAR,
  LassoLars: LINEAR,
  LassoLarsCV: LINEAR,
  LassoLarsIC: LINEAR,
  LinearRegression: LINEAR,
  LogisticRegression: LOGISTIC,
  LogisticRegressionCV: LOGISTIC,
  MultiTaskElasticNet: LINEAR,
  MultiTaskElasticNetCV: LINEAR,
  MultiTaskLasso: LINEAR,
  MultiTaskLassoCV: LINEAR,
  OrthogonalMatchingPursuit: LINEAR,
  OrthogonalMatchingPursuitCV: LINEAR,
  PassiveAggressiveClassifier: CLASSIFIER,
  PassiveAggressiveRegressor: LINEAR,
  Perceptron: CLASSIFIER,
  PoissonRegressor: GLM,
  QuantileRegressor: LINEAR,
  RANSACRegressor: { role: 'regressor', predict: predictRansacRegressor },
  Ridge: LINEAR,
  RidgeCV: LINEAR,
  RidgeClassifier: RIDGE_CLASSIFIER,
  RidgeClassifierCV: RIDGE_CLASSIFIER,
  SGDClassifier: { ...CLASSIFIER, predict_proba: sgdProbabilities, has: hasSgdMethod },
  SGDOneClassSVM: {
    role: 'outlier detector',
    predict: predictSgdOneClassSvm,
    decision_function: decideSgdOneClassSvm,
    score_samples: scoreSgdOneClassSvm,
  },
  SGDRegressor: LINEAR,
  TheilSenRegressor: LINEAR,
  TweedieRegressor: GLM,
} satisfies Rows<
  | EachOf<LinearKind | GlmKind | RidgeClassifierKind | ClassifierKind>
  | LogisticRegression
  | LogisticRegressor<'LogisticRegressionCV'>
  | RansacRegressor
  | SgdClassifier
  | SgdOneClassSvm
>;
