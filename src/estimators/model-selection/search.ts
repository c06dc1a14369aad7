// Turns features into the answer of the best estimator that a search has found (sklearn.model_selection), or of a frozen one.
import { delegateRow } from '../delegate-row.js';
import type { Fitted, Part } from '../fitted.js';

export interface Search<Kind extends string> extends Fitted<Kind> {
  readonly best_estimator_: Part;
}

export const SEARCH_ROW = delegateRow<Search<string>>(({ best_estimator_ }) => best_estimator_);
