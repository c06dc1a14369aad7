// Turns every class of sklearn.cluster into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type KMeans, predictKMeans } from './k-means.js';

export const CLUSTER = {
  KMeans: { role: 'clusterer', predict: predictKMeans },
} satisfies Rows<KMeans>;
