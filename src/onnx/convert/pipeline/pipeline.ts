// Turns a Pipeline into its steps, one after the other.
import type { Pipeline } from '../../../estimators/pipeline/pipeline.js';
import type { Work } from '../../../work.js';
import type { Parts } from '../converter.js';
import type { Feature } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertPipelineTransform(
  _graph: GraphBuilder,
  { steps }: Pipeline,
  features: readonly Feature[],
  parts: Parts,
): Feature[] {
  return steps.reduce((at, { estimator }) => parts.transform(estimator, at), [...features]);
}

export function convertPipeline(
  _graph: GraphBuilder,
  { steps }: Pipeline,
  features: readonly Feature[],
  parts: Parts,
): Work<void> {
  const before = steps.slice(0, -1);
  return parts.predict(
    steps.at(-1)!.estimator,
    before.reduce((at, { estimator }) => parts.transform(estimator, at), [...features]),
  );
}
