// Turns every class of sklearn.neural_network into how it is read from what Python saved.
import type { NEURAL_NETWORK } from '../../estimators/neural-network/table.js';
import type { ReadersOf } from '../reader.js';

export const NEURAL_NETWORK_READERS = {} satisfies ReadersOf<typeof NEURAL_NETWORK>;
