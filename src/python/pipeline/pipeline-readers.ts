// Turns every class of sklearn.pipeline into how it is read from what Python saved.
import type { PIPELINE } from '../../estimators/pipeline/table.js';
import type { ReadersOf } from '../reader.js';
import { readPipeline } from './read-pipeline.js';

export const PIPELINE_READERS = {
  FeatureUnion: 'unsupported',
  Pipeline: { modules: ['sklearn.pipeline'], read: readPipeline },
} satisfies ReadersOf<typeof PIPELINE>;
