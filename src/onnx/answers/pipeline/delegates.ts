// The rows of pipelines, searches and others that hand everything to one of their parts.
import type { Eliminated } from '../../../estimators/feature-selection/eliminated.js';
import type { RansacRegressor } from '../../../estimators/linear-model/ransac-regressor.js';
import type { Search } from '../../../estimators/model-selection/search.js';
import type { Pipeline } from '../../../estimators/pipeline/pipeline.js';
import type { Feature } from '../../convert/features.js';
import type { AnswerRow } from '../answer-converter.js';
import { FEATURE_MASK } from '../preprocessing/feature-mask.js';
import { delegate } from './delegate.js';

export const SEARCH = delegate<Search<string>>(({ best_estimator_ }) => best_estimator_);

export const RANSAC = delegate<RansacRegressor>(({ estimator_ }) => estimator_);

export const PIPELINE = delegate<Pipeline>(
  ({ steps }) => steps.at(-1)!.estimator,
  (_, { steps }, features, parts) =>
    steps.slice(0, -1).reduce((at: readonly Feature[], { estimator }) => parts.transform(estimator, at), features),
);

export const ELIMINATED: AnswerRow<Eliminated<string>> = {
  ...delegate<Eliminated<string>>(
    ({ estimator_ }) => estimator_,
    (graph, model, features, parts) => FEATURE_MASK.transform!(graph, model, features, parts),
  ),
  transform: FEATURE_MASK.transform!,
};
