// Turns every class of sklearn.cluster into how it is read from what Python saved.
import type { CLUSTER } from '../../estimators/cluster/table.js';
import type { ReadersOf } from '../reader.js';
import { readBirch, readCentres } from './read-centres.js';
import { readFeatureAgglomeration } from './read-feature-agglomeration.js';
import { readBisectingKMeans, readKMeans } from './read-k-means.js';

export const CLUSTER_READERS = {
  AffinityPropagation: {
    modules: ['sklearn.cluster._affinity_propagation'],
    read: (attributes) => readCentres('AffinityPropagation', attributes),
  },
  Birch: { modules: ['sklearn.cluster._birch'], read: readBirch },
  BisectingKMeans: { modules: ['sklearn.cluster._bisect_k_means'], read: readBisectingKMeans },
  FeatureAgglomeration: { modules: ['sklearn.cluster._agglomerative'], read: readFeatureAgglomeration },
  KMeans: { modules: ['sklearn.cluster._kmeans'], read: (attributes) => readKMeans('KMeans', attributes) },
  MeanShift: {
    modules: ['sklearn.cluster._mean_shift'],
    read: (attributes) => readCentres('MeanShift', attributes),
  },
  MiniBatchKMeans: {
    modules: ['sklearn.cluster._kmeans'],
    read: (attributes) => readKMeans('MiniBatchKMeans', attributes),
  },
} satisfies ReadersOf<typeof CLUSTER>;
