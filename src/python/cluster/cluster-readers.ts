// Turns every class of sklearn.cluster into how it is read from what Python saved.
import type { CLUSTER } from '../../estimators/cluster/table.js';
import type { ReadersOf } from '../reader.js';

export const CLUSTER_READERS = {
  KMeans: 'unsupported',
} satisfies ReadersOf<typeof CLUSTER>;
