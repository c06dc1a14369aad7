// Turns every class of sklearn.neural_network into how it is read from what Python saved.
import type { NEURAL_NETWORK } from '../../estimators/neural-network/table.js';
import type { ReadersOf } from '../reader.js';
import { readBernoulliRbm } from './read-bernoulli-rbm.js';
import { readMlp, readMlpClassifier } from './read-mlp.js';

const MLP = ['sklearn.neural_network._multilayer_perceptron'];

export const NEURAL_NETWORK_READERS = {
  BernoulliRBM: { modules: ['sklearn.neural_network._rbm'], read: readBernoulliRbm },
  MLPClassifier: { modules: MLP, read: readMlpClassifier },
  MLPRegressor: { modules: MLP, read: (attributes) => readMlp('MLPRegressor', attributes) },
} satisfies ReadersOf<typeof NEURAL_NETWORK>;
