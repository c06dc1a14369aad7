// What a look-up of a model URI found, before any file is read.

import type { ModelVersion } from '../tracking/model-registry.js';
import type { LoggedModel, Run } from '../tracking/tracking-store.js';

/** What a look-up found, before any file is read. */
export interface Place {
  readonly location: string;
  readonly path: string;
  readonly runId: string | null;
  readonly version: ModelVersion | null;
  readonly model: LoggedModel | null;
  readonly run: Run | null;
  /** The run's own `model` folder: the run's digest tags are about it. */
  readonly ownFolder: boolean;
}
