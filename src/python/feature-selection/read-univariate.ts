// Turns what Python saved of a selector by scores or p-values into its value.
import type { FeatureMask } from '../../estimators/feature-selection/feature-mask.js';
import type { Attributes } from '../attributes.js';
import { masked } from './masked.js';
import { selectedBy } from './selected-by.js';

const PARAMETERS = {
  SelectKBest: ['k_best', 'k'],
  SelectPercentile: ['percentile', 'percentile'],
  SelectFpr: ['fpr', 'alpha'],
  SelectFdr: ['fdr', 'alpha'],
  SelectFwe: ['fwe', 'alpha'],
} as const;

export type UnivariateKind = keyof typeof PARAMETERS;

const widthOf = (attributes: Attributes): number =>
  attributes.maybe('n_features_in_')?.integer(1) ?? attributes.get('scores_').vector().length;

export function readUnivariate<Kind extends UnivariateKind>(kind: Kind, attributes: Attributes): FeatureMask<Kind> {
  const [mode, parameter] = PARAMETERS[kind];
  return masked(kind, attributes, selectedBy(mode, attributes.get(parameter), attributes, widthOf(attributes)), false);
}

export function readGenericUnivariate(attributes: Attributes): FeatureMask<'GenericUnivariateSelect'> {
  const mode = attributes.get('mode').choice('percentile', 'k_best', 'fpr', 'fdr', 'fwe');
  const mask = selectedBy(mode, attributes.get('param'), attributes, widthOf(attributes));
  return masked('GenericUnivariateSelect', attributes, mask, false);
}
