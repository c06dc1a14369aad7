// Turns every class of sklearn.neural_network into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type BernoulliRbm, transformBernoulliRbm } from './bernoulli-rbm.js';
import {
  type MlpClassifier,
  type MlpRegressor,
  mlpProbabilities,
  predictMlpClassifier,
  predictMlpRegressor,
} from './mlp.js';

export const NEURAL_NETWORK = {
  BernoulliRBM: { role: 'transformer', transform: transformBernoulliRbm },
  MLPClassifier: { role: 'classifier', predict: predictMlpClassifier, predict_proba: mlpProbabilities },
  MLPRegressor: { role: 'regressor', predict: predictMlpRegressor },
} satisfies Rows<BernoulliRbm | MlpClassifier | MlpRegressor>;
