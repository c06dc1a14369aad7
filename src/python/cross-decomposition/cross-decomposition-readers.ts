// Turns every class of sklearn.cross_decomposition into how it is read from what Python saved.
import type { CROSS_DECOMPOSITION } from '../../estimators/cross-decomposition/table.js';
import type { ReadersOf } from '../reader.js';
import { readPartialLeastSquares, readPLSSVD } from './read-partial-least-squares.js';

const modules = ['sklearn.cross_decomposition._pls'];

export const CROSS_DECOMPOSITION_READERS = {
  CCA: { modules, read: (attributes) => readPartialLeastSquares('CCA', attributes) },
  PLSCanonical: { modules, read: (attributes) => readPartialLeastSquares('PLSCanonical', attributes) },
  PLSRegression: { modules, read: (attributes) => readPartialLeastSquares('PLSRegression', attributes) },
  PLSSVD: { modules, read: readPLSSVD },
} satisfies ReadersOf<typeof CROSS_DECOMPOSITION>;
