// Turns every class of sklearn.neighbors into how it is evaluated.
import { type Projection, transformProjection } from '../decomposition/projection.js';
import type { Rows } from '../evaluator.js';
import {
  type LocalOutlierFactor,
  outlierFactorDecisions,
  outlierFactors,
  predictLocalOutlierFactor,
} from './local-outlier-factor.js';
import {
  centroidDecisions,
  centroidLogProbabilities,
  centroidProbabilities,
  type NearestCentroid,
  predictNearestCentroid,
} from './nearest-centroid.js';
import type { NearestNeighbors } from './nearest-neighbors.js';
import {
  type KNeighborsClassifier,
  neighbourProbabilities,
  predictNeighboursClassifier,
  type RadiusNeighborsClassifier,
} from './neighbours-classifier.js';
import {
  type KNeighborsRegressor,
  predictKNeighborsRegressor,
  predictRadiusNeighborsRegressor,
  type RadiusNeighborsRegressor,
} from './neighbours-regressor.js';
import {
  type KNeighborsTransformer,
  type RadiusNeighborsTransformer,
  transformKNeighbors,
  transformRadiusNeighbors,
} from './neighbours-transformer.js';

const CLASSIFIER = {
  role: 'classifier',
  predict: predictNeighboursClassifier,
  predict_proba: neighbourProbabilities,
} as const;

export const NEIGHBORS = {
  KNeighborsClassifier: CLASSIFIER,
  KNeighborsRegressor: { role: 'regressor', predict: predictKNeighborsRegressor },
  KNeighborsTransformer: { role: 'transformer', transform: transformKNeighbors },
  LocalOutlierFactor: {
    role: 'outlier detector',
    predict: predictLocalOutlierFactor,
    decision_function: outlierFactorDecisions,
    score_samples: outlierFactors,
  },
  NearestCentroid: {
    role: 'classifier',
    predict: predictNearestCentroid,
    predict_proba: centroidProbabilities,
    predict_log_proba: centroidLogProbabilities,
    decision_function: centroidDecisions,
    has: ({ class_prior_, metric }, method) =>
      method === 'predict' || (class_prior_ !== null && metric.name === 'euclidean'),
  },
  /** It only serves others. */
  NearestNeighbors: { role: 'transformer' },
  NeighborhoodComponentsAnalysis: { role: 'transformer', transform: transformProjection },
  RadiusNeighborsClassifier: CLASSIFIER,
  RadiusNeighborsRegressor: { role: 'regressor', predict: predictRadiusNeighborsRegressor },
  RadiusNeighborsTransformer: { role: 'transformer', transform: transformRadiusNeighbors },
} satisfies Rows<
  | KNeighborsClassifier
  | KNeighborsRegressor
  | KNeighborsTransformer
  | LocalOutlierFactor
  | NearestCentroid
  | NearestNeighbors
  | Projection<'NeighborhoodComponentsAnalysis'>
  | RadiusNeighborsClassifier
  | RadiusNeighborsRegressor
  | RadiusNeighborsTransformer
>;
