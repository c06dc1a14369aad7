// Turns what Python saved of a selector of columns into its value: the positions of the columns that it keeps.
import type { Eliminated } from '../../estimators/feature-selection/eliminated.js';
import type { FeatureMask } from '../../estimators/feature-selection/feature-mask.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import { importantFeatures } from './important-features.js';
import { selectedBy } from './select-features.js';

const PARAMETERS = {
  SelectKBest: ['k_best', 'k'],
  SelectPercentile: ['percentile', 'percentile'],
  SelectFpr: ['fpr', 'alpha'],
  SelectFdr: ['fdr', 'alpha'],
  SelectFwe: ['fwe', 'alpha'],
} as const;

export type UnivariateKind = keyof typeof PARAMETERS;

function masked<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  mask: readonly boolean[],
  allow_nan: boolean,
): FeatureMask<Kind> {
  const support = Int32Array.from([...mask.keys()].filter((j) => mask[j]));
  return { ...attributes.fitted(kind, mask.length), support, allow_nan };
}

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

export function readVarianceThreshold(attributes: Attributes): FeatureMask<'VarianceThreshold'> {
  const threshold = attributes.get('threshold').number();
  const mask = Array.from(attributes.get('variances_').vector(), (variance) => variance > threshold);
  return masked('VarianceThreshold', attributes, mask, true);
}

export function readSelectFromModel(attributes: Attributes): FeatureMask<'SelectFromModel'> {
  return masked('SelectFromModel', attributes, importantFeatures(attributes), true);
}

export function readSequential(attributes: Attributes): FeatureMask<'SequentialFeatureSelector'> {
  const mask = attributes
    .get('support_')
    .items()
    .map((item) => item.flag());
  return masked('SequentialFeatureSelector', attributes, mask, true);
}

export function readEliminated<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  read: ReadPart,
): Eliminated<Kind> {
  const mask = attributes
    .get('support_')
    .items()
    .map((item) => item.flag());
  return { ...masked(kind, attributes, mask, true), estimator_: read(attributes.get('estimator_')) };
}
