// Turns every class of sklearn.semi_supervised into how it is read from what Python saved.
import type { SEMI_SUPERVISED } from '../../estimators/semi-supervised/table.js';
import { readSearch } from '../model-selection/read-search.js';
import type { ReaderRow, ReadersOf } from '../reader.js';
import { readLabelPropagation } from './read-label-propagation.js';

const propagation = (kind: string): ReaderRow => ({
  modules: ['sklearn.semi_supervised._label_propagation'],
  read: (attributes) => readLabelPropagation(kind, attributes),
});

export const SEMI_SUPERVISED_READERS = {
  LabelPropagation: propagation('LabelPropagation'),
  LabelSpreading: propagation('LabelSpreading'),
  SelfTrainingClassifier: {
    modules: ['sklearn.semi_supervised._self_training'],
    // before version 1.6 the attribute was called base_estimator_
    read: (attributes, read) =>
      readSearch(
        'SelfTrainingClassifier',
        attributes,
        read,
        attributes.has('estimator_') ? 'estimator_' : 'base_estimator_',
      ),
  },
} satisfies ReadersOf<typeof SEMI_SUPERVISED>;
