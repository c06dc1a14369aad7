// Turns every class of sklearn.impute into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type SimpleImputer, transformSimpleImputer } from './simple-imputer.js';

export const IMPUTE = {
  SimpleImputer: { role: 'transformer', transform: transformSimpleImputer },
} satisfies Rows<SimpleImputer>;
