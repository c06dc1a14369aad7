// Turns every class of sklearn.neighbors into how it is read from what Python saved.
import type { NEIGHBORS } from '../../estimators/neighbors/table.js';
import { readDirections } from '../decomposition/read-projection.js';
import type { ReadersOf } from '../reader.js';
import { readNearestCentroid } from './read-nearest-centroid.js';
import {
  readKNeighborsTransformer,
  readLocalOutlierFactor,
  readNearestNeighbors,
  readRadiusNeighborsTransformer,
} from './read-neighbours.js';
import {
  readKNeighborsClassifier,
  readKNeighborsRegressor,
  readRadiusNeighborsClassifier,
  readRadiusNeighborsRegressor,
} from './read-neighbours-predictor.js';

export const NEIGHBORS_READERS = {
  KNeighborsClassifier: { modules: ['sklearn.neighbors._classification'], read: readKNeighborsClassifier },
  KNeighborsRegressor: { modules: ['sklearn.neighbors._regression'], read: readKNeighborsRegressor },
  KNeighborsTransformer: { modules: ['sklearn.neighbors._graph'], read: readKNeighborsTransformer },
  LocalOutlierFactor: { modules: ['sklearn.neighbors._lof'], read: readLocalOutlierFactor },
  NearestCentroid: { modules: ['sklearn.neighbors._nearest_centroid'], read: readNearestCentroid },
  NearestNeighbors: { modules: ['sklearn.neighbors._unsupervised'], read: readNearestNeighbors },
  NeighborhoodComponentsAnalysis: {
    modules: ['sklearn.neighbors._nca'],
    read: (attributes) => readDirections('NeighborhoodComponentsAnalysis', attributes),
  },
  RadiusNeighborsClassifier: { modules: ['sklearn.neighbors._classification'], read: readRadiusNeighborsClassifier },
  RadiusNeighborsRegressor: { modules: ['sklearn.neighbors._regression'], read: readRadiusNeighborsRegressor },
  RadiusNeighborsTransformer: { modules: ['sklearn.neighbors._graph'], read: readRadiusNeighborsTransformer },
} satisfies ReadersOf<typeof NEIGHBORS>;
