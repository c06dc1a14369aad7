// What one reproduction works with: the model as it is stored, what was recorded of it, and what was asked.
import type { ArtifactStore } from '../artifacts/store.js';
import type { Lineage } from '../lineage/types.js';
import type { Evaluation } from '../loader/evaluation.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import type { EngineOptions } from '../loader/python-engine.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import type { StoreOptions } from '../session/stores.js';
import type { Run } from '../tracking/tracking-store.js';

export interface ReproduceOptions extends StoreOptions, EngineOptions {
  /** Where the data is now: a file, or an address. */
  readonly data?: string;
  /** Take recipe and data from the commit that was recorded. */
  readonly atCommit?: boolean;
}

/** A model whose run is known. */
export interface RecordedModel {
  readonly resolved: ResolvedModel;
  readonly pkg: FetchedPackage;
  readonly run: Run;
  readonly lineage: Lineage;
  /** The run's artifacts. */
  readonly files: ArtifactStore;
  readonly evaluation: Evaluation;
  readonly options: ReproduceOptions;
}
