// Turns every class of sklearn.pipeline into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type FeatureUnion, transformFeatureUnion } from './feature-union.js';
import { PIPELINE_ROW, type Pipeline } from './pipeline.js';

export const PIPELINE = {
  FeatureUnion: { role: 'transformer', transform: transformFeatureUnion, anyWidth: true },
  Pipeline: PIPELINE_ROW,
} satisfies Rows<FeatureUnion | Pipeline>;
