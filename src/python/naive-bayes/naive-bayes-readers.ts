// Turns every class of sklearn.naive_bayes into how it is read from what Python saved.
import type { NAIVE_BAYES } from '../../estimators/naive-bayes/table.js';
import type { ReadersOf } from '../reader.js';

export const NAIVE_BAYES_READERS = {} satisfies ReadersOf<typeof NAIVE_BAYES>;
