// Turns columns into the answer of an estimator that takes only those that were not eliminated (RFE, RFECV).

import { delegateRow } from '../delegate-row.js';
import type { Method, Parts, Row } from '../evaluator.js';
import type { Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { type FeatureMask, transformFeatureMask } from './feature-mask.js';

export interface Eliminated<Kind extends string> extends FeatureMask<Kind> {
  /** Fitted on the kept columns alone. */
  readonly estimator_: Part;
}

const predicting = delegateRow<Eliminated<string>>(({ estimator_ }) => estimator_, transformFeatureMask);

/** It transforms by itself, and everything else is its estimator's. */
export const ELIMINATED_ROW: Row<Eliminated<string>> = {
  ...predicting,
  anyWidth: false,
  transform: (model: Eliminated<string>, frame: Frame) => transformFeatureMask(model, frame),
  has: (model: Eliminated<string>, method: Method, parts: Parts) =>
    method === 'transform' || parts.has(model.estimator_, method),
};
