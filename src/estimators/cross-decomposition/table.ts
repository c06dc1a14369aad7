// Turns every class of sklearn.cross_decomposition into how it is evaluated.
import type { Rows } from '../evaluator.js';
import {
  type PartialLeastSquares,
  type PLSSVD,
  predictPartialLeastSquares,
  transformDirections,
} from './partial-least-squares.js';

const SHARED = { role: 'regressor', predict: predictPartialLeastSquares, transform: transformDirections } as const;

export const CROSS_DECOMPOSITION = {
  CCA: SHARED,
  PLSCanonical: SHARED,
  PLSRegression: SHARED,
  PLSSVD: { role: 'transformer', transform: transformDirections },
} satisfies Rows<
  PartialLeastSquares<'CCA'> | PartialLeastSquares<'PLSCanonical'> | PartialLeastSquares<'PLSRegression'> | PLSSVD
>;
