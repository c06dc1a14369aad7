// The port to MLflow's model registry: registered models, their versions, stages and aliases, in the SQLite file and at a server.
import type { Stage } from '../uri/stages.js';
import type { Page, SearchRequest, Store, Tags } from './store.js';

export interface ModelVersion {
  readonly name: string;
  /** A positive integer. */
  readonly version: number;
  readonly stage: string;
  /** As logged: `models:/m-…` or a location. */
  readonly source: string;
  readonly runId: string | null;
  /** Known if the source is `models:/m-…`. */
  readonly modelId: string | null;
  readonly status: string;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly userId: string | null;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly tags: Tags;
}

export interface RegisteredModel {
  readonly name: string;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly description: string;
  readonly aliases: ReadonlyMap<string, number>;
  readonly tags: Tags;
  /** Newest version of each stage. */
  readonly latestVersions: readonly ModelVersion[];
}

export interface NewModelVersion {
  readonly name: string;
  /** `models:/m-…` if the store has logged models, else the absolute artifact location. */
  readonly source: string;
  readonly modelId: string | null;
  readonly runId: string | null;
  readonly tags: Tags;
  readonly requestId: string;
}

export interface Transition {
  readonly name: string;
  readonly version: number;
  readonly stage: Stage;
  /** Moves what is in Staging or Production to Archived. No store ignores it: with another stage it is refused or left out. */
  readonly archiveExisting: boolean;
}

export interface ModelRegistry extends Store {
  /** Whether a version can be made of this logged model: a server only knows its own. */
  hasLoggedModel(modelId: string): Promise<boolean>;
  /** A name that exists is a success. */
  ensureRegisteredModel(name: string): Promise<void>;
  getRegisteredModel(name: string): Promise<RegisteredModel | null>;
  searchRegisteredModels(request?: SearchRequest): Promise<Page<RegisteredModel>>;
  createModelVersion(request: NewModelVersion): Promise<ModelVersion>;
  getModelVersion(name: string, version: number): Promise<ModelVersion | null>;
  getModelVersionByAlias(name: string, alias: string): Promise<ModelVersion | null>;
  /** Newest version of each stage named (all stages if none is), newest = greatest number. */
  getLatestVersions(name: string, stages?: readonly string[]): Promise<readonly ModelVersion[]>;
  searchModelVersions(request: SearchRequest): Promise<Page<ModelVersion>>;
  /** Where the files of a version really are. */
  getModelVersionLocation(name: string, version: number): Promise<string>;
  setModelVersionTag(name: string, version: number, key: string, value: string): Promise<void>;
  /** A tag that is not there is a success. */
  deleteModelVersionTag(name: string, version: number, key: string): Promise<void>;
  transitionStage(request: Transition): Promise<void>;
  setAlias(name: string, alias: string, version: number): Promise<void>;
}
