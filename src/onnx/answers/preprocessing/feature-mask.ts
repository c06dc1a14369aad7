// Turns a selector of features into the columns that it kept.
import type { FeatureMask } from '../../../estimators/feature-selection/feature-mask.js';
import { stepName } from '../../../estimators/step-name.js';
import { namesOf, rowsOf } from '../../convert/features.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';

export const FEATURE_MASK: AnswerRow<FeatureMask<string>> = {
  transform: (graph, mask, features) => {
    const kept = Array.from(mask.support, (place) => features[place]!);
    if (features.some(({ type }) => type === 'text')) return kept;
    // scikit-learn looks at all of the columns, also at those that are dropped
    const matrix = checkedMatrix(graph, features, stepName(mask.kind), mask.allow_nan ? 'infinite' : 'not finite');
    const all = rowsOf(matrix, namesOf(features));
    return Array.from(mask.support, (place) => all[place]!);
  },
};
