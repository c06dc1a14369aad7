// Turns every class of sklearn.discriminant_analysis into how it is read from what Python saved.
import type { DISCRIMINANT_ANALYSIS } from '../../estimators/discriminant-analysis/table.js';
import type { ReadersOf } from '../reader.js';
import { readLinearDiscriminantAnalysis } from './read-linear-discriminant-analysis.js';
import { readQuadraticDiscriminantAnalysis } from './read-quadratic-discriminant-analysis.js';

const modules = ['sklearn.discriminant_analysis'];

export const DISCRIMINANT_ANALYSIS_READERS = {
  LinearDiscriminantAnalysis: { modules, read: readLinearDiscriminantAnalysis },
  QuadraticDiscriminantAnalysis: { modules, read: readQuadraticDiscriminantAnalysis },
} satisfies ReadersOf<typeof DISCRIMINANT_ANALYSIS>;
