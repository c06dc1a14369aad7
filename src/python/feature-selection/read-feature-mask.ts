// Turns what Python saved of a selector of columns into its value: the positions of the columns that it keeps.
import type { Eliminated } from '../../estimators/feature-selection/eliminated.js';
import type { FeatureMask } from '../../estimators/feature-selection/feature-mask.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';
import { importantFeatures } from './important-features.js';
import { masked } from './masked.js';

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
