// Turns columns into an answer, step by step (sklearn.pipeline.Pipeline).
import type { Parts } from '../evaluator.js';
import type { Frame } from '../frame.js';
import type { Prediction } from '../prediction.js';
import type { Pipeline } from '../types.js';

export function transformPipeline(pipeline: Pipeline, frame: Frame, parts: Parts): Frame {
  return pipeline.steps.reduce((at, { estimator }) => parts.transform(estimator, at), frame);
}

export function predictPipeline(pipeline: Pipeline, frame: Frame, parts: Parts): Prediction {
  const last = pipeline.steps.at(-1)!;
  const before = pipeline.steps.slice(0, -1);
  return parts.predict(
    last.estimator,
    before.reduce((at, { estimator }) => parts.transform(estimator, at), frame),
  );
}
