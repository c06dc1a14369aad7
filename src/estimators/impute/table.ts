// Turns every class of sklearn.impute into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type MissingIndicator, transformMissingIndicator } from './missing-indicator.js';
import { type SimpleImputer, transformSimpleImputer } from './simple-imputer.js';

export const IMPUTE = {
  MissingIndicator: { role: 'transformer', transform: transformMissingIndicator },
  SimpleImputer: { role: 'transformer', transform: transformSimpleImputer },
} satisfies Rows<MissingIndicator | SimpleImputer>;
