// Turns every class of sklearn.semi_supervised into how it is evaluated.
import type { Row, Rows } from '../evaluator.js';
import { SEARCH_ROW, type Search } from '../model-selection/search.js';
import { type LabelPropagation, predictPropagated, propagatedProbabilities } from './label-propagation.js';

const PROPAGATION: Row<LabelPropagation<string>> = {
  role: 'classifier',
  predict: predictPropagated,
  predict_proba: propagatedProbabilities,
};

export const SEMI_SUPERVISED = {
  LabelPropagation: PROPAGATION,
  LabelSpreading: PROPAGATION,
  SelfTrainingClassifier: SEARCH_ROW,
} satisfies Rows<LabelPropagation<'LabelPropagation' | 'LabelSpreading'> | Search<'SelfTrainingClassifier'>>;
