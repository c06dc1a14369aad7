// Turns columns into an answer, step by step (sklearn.pipeline.Pipeline).
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

const last = ({ steps }: Pipeline): Part => steps.at(-1)!.estimator;

/** Everything but the steps before it is the last step's. */
export const PIPELINE_ROW: Row<Pipeline> = {
  role: (pipeline, parts) => parts.roleOf(last(pipeline)),
  anyWidth: true,
  has: (pipeline, method, parts) => parts.has(last(pipeline), method),
  transform: (pipeline, frame, parts) => parts.transform(last(pipeline), upToLast(pipeline, frame, parts)),
  predict: (pipeline, frame, parts) => parts.predict(last(pipeline), upToLast(pipeline, frame, parts)),
  predict_proba: (pipeline, frame, parts) => parts.predict_proba(last(pipeline), upToLast(pipeline, frame, parts)),
  predict_log_proba: (pipeline, frame, parts) =>
    parts.predict_log_proba(last(pipeline), upToLast(pipeline, frame, parts)),
  predict_joint_log_proba: (pipeline, frame, parts) =>
    parts.predict_joint_log_proba(last(pipeline), upToLast(pipeline, frame, parts)),
  decision_function: (pipeline, frame, parts) =>
    parts.decision_function(last(pipeline), upToLast(pipeline, frame, parts)),
  score_samples: (pipeline, frame, parts) => parts.score_samples(last(pipeline), upToLast(pipeline, frame, parts)),
};
