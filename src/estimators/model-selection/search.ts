// Turns features into the answer of the best estimator that a search has found (sklearn.model_selection), or of a frozen one.
import { delegateRow } from '../delegate-row.js';
import type { Fitted, Part } from '../fitted.js';

export interface Search<Kind extends string> extends Fitted<Kind> {
  readonly best_estimator_: Part;
}

export type GridSearchCV = Search<'GridSearchCV'>;
export type RandomizedSearchCV = Search<'RandomizedSearchCV'>;
export type HalvingGridSearchCV = Search<'HalvingGridSearchCV'>;
export type HalvingRandomSearchCV = Search<'HalvingRandomSearchCV'>;
export type FrozenEstimator = Search<'FrozenEstimator'>;

export const SEARCH_ROW = delegateRow<Search<string>>(({ best_estimator_ }) => best_estimator_);
