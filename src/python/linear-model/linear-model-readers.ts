// Turns every class of sklearn.linear_model into how it is read from what Python saved.
import type { LINEAR_MODEL } from '../../estimators/linear-model/table.js';
import type { Attributes } from '../attributes.js';
import type { ReadersOf } from '../reader.js';
import { readLinearClassifier, readRidgeClassifier, readSgdClassifier } from './read-linear-classifier.js';
import { readGlmRegressor, readLinearRegressor } from './read-linear-regressor.js';
import { readLogisticRegression, readLogisticRegressor } from './read-logistic-regression.js';
import { readRansacRegressor } from './read-ransac-regressor.js';
import { readSgdOneClassSvm } from './read-sgd-one-class-svm.js';

/** A row of a class whose reader is told the class. */
function row<Kind extends string, Made>(
  kind: Kind,
  module: string,
  read: (kind: Kind, attributes: Attributes) => Made,
) {
  return { modules: [`sklearn.linear_model.${module}`], read: (attributes: Attributes) => read(kind, attributes) };
}

const [BAYES, DESCENT, LEAST_ANGLE, OMP] = ['_bayes', '_coordinate_descent', '_least_angle', '_omp'] as const;

export const LINEAR_MODEL_READERS = {
  ARDRegression: row('ARDRegression', BAYES, readLinearRegressor),
  BayesianRidge: row('BayesianRidge', BAYES, readLinearRegressor),
  ElasticNet: row('ElasticNet', DESCENT, readLinearRegressor),
  ElasticNetCV: row('ElasticNetCV', DESCENT, readLinearRegressor),
  GammaRegressor: row('GammaRegressor', '_glm.glm', readGlmRegressor),
  HuberRegressor: row('HuberRegressor', '_huber', readLinearRegressor),
  Lars: row('Lars', LEAST_ANGLE, readLinearRegressor),
  LarsCV: row('LarsCV', LEAST_ANGLE, readLinearRegressor),
  Lasso: row('Lasso', DESCENT, readLinearRegressor),
  LassoCV: row('LassoCV', DESCENT, readLinearRegressor),
  LassoLars: row('LassoLars', LEAST_ANGLE, readLinearRegressor),
  LassoLarsCV: row('LassoLarsCV', LEAST_ANGLE, readLinearRegressor),
  LassoLarsIC: row('LassoLarsIC', LEAST_ANGLE, readLinearRegressor),
  LinearRegression: row('LinearRegression', '_base', readLinearRegressor),
  LogisticRegression: { modules: ['sklearn.linear_model._logistic'], read: readLogisticRegression },
  LogisticRegressionCV: row('LogisticRegressionCV', '_logistic', readLogisticRegressor),
  MultiTaskElasticNet: row('MultiTaskElasticNet', DESCENT, readLinearRegressor),
  MultiTaskElasticNetCV: row('MultiTaskElasticNetCV', DESCENT, readLinearRegressor),
  MultiTaskLasso: row('MultiTaskLasso', DESCENT, readLinearRegressor),
  MultiTaskLassoCV: row('MultiTaskLassoCV', DESCENT, readLinearRegressor),
  OrthogonalMatchingPursuit: row('OrthogonalMatchingPursuit', OMP, readLinearRegressor),
  OrthogonalMatchingPursuitCV: row('OrthogonalMatchingPursuitCV', OMP, readLinearRegressor),
  PassiveAggressiveClassifier: row('PassiveAggressiveClassifier', '_passive_aggressive', readLinearClassifier),
  PassiveAggressiveRegressor: row('PassiveAggressiveRegressor', '_passive_aggressive', readLinearRegressor),
  Perceptron: row('Perceptron', '_perceptron', readLinearClassifier),
  PoissonRegressor: row('PoissonRegressor', '_glm.glm', readGlmRegressor),
  QuantileRegressor: row('QuantileRegressor', '_quantile', readLinearRegressor),
  RANSACRegressor: { modules: ['sklearn.linear_model._ransac'], read: readRansacRegressor },
  Ridge: row('Ridge', '_ridge', readLinearRegressor),
  RidgeCV: row('RidgeCV', '_ridge', readLinearRegressor),
  RidgeClassifier: row('RidgeClassifier', '_ridge', readRidgeClassifier),
  RidgeClassifierCV: row('RidgeClassifierCV', '_ridge', readRidgeClassifier),
  SGDClassifier: { modules: ['sklearn.linear_model._stochastic_gradient'], read: readSgdClassifier },
  SGDOneClassSVM: { modules: ['sklearn.linear_model._stochastic_gradient'], read: readSgdOneClassSvm },
  SGDRegressor: row('SGDRegressor', '_stochastic_gradient', readLinearRegressor),
  TheilSenRegressor: row('TheilSenRegressor', '_theil_sen', readLinearRegressor),
  TweedieRegressor: row('TweedieRegressor', '_glm.glm', readGlmRegressor),
} satisfies ReadersOf<typeof LINEAR_MODEL>;
