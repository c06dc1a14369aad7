// Turns every class of sklearn.impute into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type IterativeImputer, transformIterativeImputer } from './iterative-imputer.js';
import { type KNNImputer, transformKNNImputer } from './knn-imputer.js';
import { type MissingIndicator, transformMissingIndicator } from './missing-indicator.js';
import { type SimpleImputer, transformSimpleImputer } from './simple-imputer.js';

export const IMPUTE = {
  IterativeImputer: { role: 'transformer', transform: transformIterativeImputer },
  KNNImputer: { role: 'transformer', transform: transformKNNImputer },
  MissingIndicator: { role: 'transformer', transform: transformMissingIndicator },
  SimpleImputer: { role: 'transformer', transform: transformSimpleImputer },
} satisfies Rows<IterativeImputer | KNNImputer | MissingIndicator | SimpleImputer>;
