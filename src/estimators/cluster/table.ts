// Turns every class of sklearn.cluster into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type BisectingKMeans, predictBisectingKMeans } from './bisecting-k-means.js';
import { type FeatureAgglomeration, transformFeatureAgglomeration } from './feature-agglomeration.js';
import { type KMeans, type MiniBatchKMeans, predictKMeans } from './k-means.js';
import { type Centres, distancesToCentres, predictNearestCentre } from './nearest-centre.js';

const MEANS = { role: 'clusterer', predict: predictKMeans, transform: distancesToCentres } as const;
const CENTRES = { role: 'clusterer', predict: predictNearestCentre } as const;

export const CLUSTER = {
  AffinityPropagation: CENTRES,
  Birch: { ...CENTRES, transform: distancesToCentres },
  BisectingKMeans: { role: 'clusterer', predict: predictBisectingKMeans, transform: distancesToCentres },
  FeatureAgglomeration: { role: 'transformer', transform: transformFeatureAgglomeration },
  KMeans: MEANS,
  MeanShift: CENTRES,
  MiniBatchKMeans: MEANS,
} satisfies Rows<
  | KMeans
  | MiniBatchKMeans
  | BisectingKMeans
  | Centres<'AffinityPropagation'>
  | Centres<'Birch'>
  | Centres<'MeanShift'>
  | FeatureAgglomeration
>;
