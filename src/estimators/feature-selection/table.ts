// Turns every class of sklearn.feature_selection into how it is evaluated.
import type { Row, Rows } from '../evaluator.js';
import { ELIMINATED_ROW, type Eliminated } from './eliminated.js';
import { type FeatureMask, transformFeatureMask } from './feature-mask.js';

const MASK: Row<FeatureMask<string>> = { role: 'transformer', transform: transformFeatureMask };

type Masks =
  | 'VarianceThreshold'
  | 'SelectKBest'
  | 'SelectPercentile'
  | 'SelectFpr'
  | 'SelectFdr'
  | 'SelectFwe'
  | 'GenericUnivariateSelect'
  | 'SelectFromModel'
  | 'SequentialFeatureSelector';

export const FEATURE_SELECTION = {
  VarianceThreshold: MASK,
  SelectKBest: MASK,
  SelectPercentile: MASK,
  SelectFpr: MASK,
  SelectFdr: MASK,
  SelectFwe: MASK,
  GenericUnivariateSelect: MASK,
  SelectFromModel: MASK,
  SequentialFeatureSelector: MASK,
  RFE: ELIMINATED_ROW,
  RFECV: ELIMINATED_ROW,
} satisfies Rows<FeatureMask<Masks> | Eliminated<'RFE' | 'RFECV'>>;
