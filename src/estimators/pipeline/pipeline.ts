// Turns columns into an answer, step by step (sklearn.pipeline.Pipeline).
import { delegateRow } from '../delegate-row.js';
import type { Parts, Row } from '../evaluator.js';
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
const LAST = delegateRow<Pipeline>(({ steps }) => steps.at(-1)!.estimator, upToLast);

/** The inverse goes through all steps, from the last to the first. */
export const PIPELINE_ROW: Row<Pipeline> = {
  ...LAST,
  has: (pipeline, method, parts) =>
    method === 'inverse_transform'
      ? pipeline.steps.every(({ estimator }) => parts.has(estimator, method))
      : LAST.has!(pipeline, method, parts),
  inverse_transform: ({ steps }, frame, parts) =>
    steps.reduceRight((at, { estimator }) => parts.inverse_transform(estimator, at), frame),
};
