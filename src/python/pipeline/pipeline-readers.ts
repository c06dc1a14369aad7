// Turns every class of sklearn.pipeline into how it is read from what Python saved.
import type { PIPELINE } from '../../estimators/pipeline/table.js';
import type { ReadersOf } from '../reader.js';
import { readFeatureUnion } from './read-feature-union.js';
import { readPipeline } from './read-pipeline.js';

export const PIPELINE_READERS = {
  FeatureUnion: { modules: ['sklearn.pipeline'], read: readFeatureUnion },
  Pipeline: { modules: ['sklearn.pipeline'], read: readPipeline },
} satisfies ReadersOf<typeof PIPELINE>;
