// Turns columns into an answer, step by step (sklearn.pipeline.Pipeline).
import { delegateRow } from '../delegate-row.js';
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';

/** sklearn.pipeline.Pipeline: each step takes what the one before it gives. The last step decides its role. */
export interface Pipeline extends Fitted<'Pipeline'> {
  readonly steps: readonly { readonly name: string; readonly estimator: Part }[];
}

/** What reaches the last step. */
function upToLast({ steps }: Pipeline, frame: Frame, parts: Parts): Frame {
  return steps.slice(0, -1).reduce((at, { estimator }) => parts.transform(estimator, at), frame);
}

/** Everything but the steps before it is the last step's. */
export const PIPELINE_ROW = delegateRow<Pipeline>(({ steps }) => steps.at(-1)!.estimator, upToLast);
