// Turns every class of sklearn.feature_selection into how it is read from what Python saved.
import type { FEATURE_SELECTION } from '../../estimators/feature-selection/table.js';
import type { ReaderRow, ReadersOf } from '../reader.js';
import { readEliminated, readSelectFromModel, readSequential, readVarianceThreshold } from './read-feature-mask.js';
import { readGenericUnivariate, readUnivariate, type UnivariateKind } from './read-univariate.js';

const UNIVARIATE = ['sklearn.feature_selection._univariate_selection'];

const univariate = (kind: UnivariateKind): ReaderRow => ({
  modules: UNIVARIATE,
  read: (attributes) => readUnivariate(kind, attributes),
});

const eliminated = (kind: string): ReaderRow => ({
  modules: ['sklearn.feature_selection._rfe'],
  read: (attributes, read) => readEliminated(kind, attributes, read),
});

export const FEATURE_SELECTION_READERS = {
  VarianceThreshold: { modules: ['sklearn.feature_selection._variance_threshold'], read: readVarianceThreshold },
  SelectKBest: univariate('SelectKBest'),
  SelectPercentile: univariate('SelectPercentile'),
  SelectFpr: univariate('SelectFpr'),
  SelectFdr: univariate('SelectFdr'),
  SelectFwe: univariate('SelectFwe'),
  GenericUnivariateSelect: { modules: UNIVARIATE, read: readGenericUnivariate },
  SelectFromModel: { modules: ['sklearn.feature_selection._from_model'], read: readSelectFromModel },
  SequentialFeatureSelector: { modules: ['sklearn.feature_selection._sequential'], read: readSequential },
  RFE: eliminated('RFE'),
  RFECV: eliminated('RFECV'),
} satisfies ReadersOf<typeof FEATURE_SELECTION>;
