// The tracking and registry port: what the embedded SQLite store and an MLflow server both do. MLflow's own nouns.
// A lookup that finds nothing returns null; a call that cannot be done throws an MlctlError. Times are ms since 1970, UTC.

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
export type Stage = 'None' | 'Staging' | 'Production' | 'Archived';
export type Tags = ReadonlyMap<string, string>;

export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: 'active' | 'deleted';
  readonly creationTime: number | null;
  readonly tags: Tags;
}

export interface Metric {
  readonly key: string;
  /** NaN and infinities allowed. */
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  /** Links the metric to a logged model too (3.x). */
  readonly modelId?: string;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

export interface DatasetInput {
  readonly name: string;
  /** At most 36 characters. */
  readonly digest: string;
  readonly sourceType: string;
  /** JSON text. */
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: Tags;
}

export interface Run {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime: number | null;
  readonly artifactUri: string;
  readonly lifecycleStage: 'active' | 'deleted';
  readonly params: ReadonlyMap<string, string>;
  /** Latest value of each metric. */
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly tags: Tags;
  readonly datasets: readonly DatasetInput[];
  /** Logged models this run made. */
  readonly modelOutputs: readonly { readonly modelId: string; readonly step: number }[];
}

export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  readonly status: 'PENDING' | 'READY' | 'FAILED';
  readonly sourceRunId: string | null;
  readonly creationTime: number;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: readonly Metric[];
  readonly tags: Tags;
}

export interface ModelVersion {
  readonly name: string;
  /** A positive integer. */
  readonly version: number;
  readonly stage: string;
  /** As logged: `models:/m-…` or a location. */
  readonly source: string;
  readonly runId: string | null;
  /** Known where the source is `models:/m-…`. */
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

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | null;
  /** How large the answer was, where it came from a server. */
  readonly bytes?: number;
}

export interface SearchRequest {
  /** MLflow's filter language. */
  readonly filter?: string;
  /** MLflow's order_by: `start_time DESC`, `metrics.val_acc DESC` … */
  readonly orderBy?: readonly string[];
  readonly maxResults?: number;
  readonly pageToken?: string;
}

export interface TrackingStore {
  readonly kind: 'sqlite' | 'rest';
  /** For people: no secret in it. */
  readonly uri: string;
  /** False on 2.x servers: models are then run artifacts. */
  hasLoggedModels(): Promise<boolean>;
  close(): Promise<void>;

  getExperiment(experimentId: string): Promise<Experiment | null>;
  getExperimentByName(name: string): Promise<Experiment | null>;
  /** Created if missing; a name that exists (a race lost) is a success. Refused for a deleted one. */
  ensureExperiment(name: string): Promise<Experiment>;
  searchExperiments(request?: SearchRequest): Promise<Page<Experiment>>;

  /** `requestId` is logged as the tag `mlctl.request_id` and makes a repeated call find the first one's run. */
  createRun(request: {
    readonly experimentId: string;
    readonly runName: string;
    readonly userId: string;
    readonly startTime: number;
    readonly tags: Tags;
    readonly requestId: string;
  }): Promise<Run>;
  getRun(runId: string): Promise<Run | null>;
  searchRuns(request: SearchRequest & { readonly experimentIds: readonly string[] }): Promise<Page<Run>>;
  /** Splits into as many calls as the limits ask for. Refuses what a store would cut or reject, naming the key. */
  logBatch(
    runId: string,
    batch: { readonly params?: Tags; readonly metrics?: readonly Metric[]; readonly tags?: Tags },
  ): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[]): Promise<void>;
  updateRun(runId: string, update: { readonly status: RunStatus; readonly endTime: number | null }): Promise<void>;

  createLoggedModel(request: {
    readonly experimentId: string;
    readonly name: string;
    readonly sourceRunId: string;
    readonly params: ReadonlyMap<string, string>;
    readonly tags: Tags;
    readonly modelType?: string;
  }): Promise<LoggedModel>;
  getLoggedModel(modelId: string): Promise<LoggedModel | null>;
  /** Newest first. */
  searchLoggedModels(request: {
    readonly experimentIds: readonly string[];
    readonly name?: string;
    readonly sourceRunId?: string;
  }): Promise<readonly LoggedModel[]>;
  setLoggedModelTags(modelId: string, tags: Tags): Promise<void>;
  finalizeLoggedModel(modelId: string, status: 'READY' | 'FAILED'): Promise<void>;
  logModelOutput(runId: string, modelId: string, step: number): Promise<void>;
  /** 2.x only: the tag `mlflow.log-model.history`. Does nothing elsewhere. */
  recordModelOfRun(runId: string, mlmodelJson: string): Promise<void>;

  /** A name that exists is a success. */
  ensureRegisteredModel(name: string): Promise<void>;
  getRegisteredModel(name: string): Promise<RegisteredModel | null>;
  searchRegisteredModels(request?: SearchRequest): Promise<Page<RegisteredModel>>;
  createModelVersion(request: {
    readonly name: string;
    /** `models:/m-…` where there are logged models, else the absolute artifact location. */
    readonly source: string;
    readonly modelId: string | null;
    readonly runId: string | null;
    readonly tags: Tags;
    readonly requestId: string;
  }): Promise<ModelVersion>;
  getModelVersion(name: string, version: number): Promise<ModelVersion | null>;
  getModelVersionByAlias(name: string, alias: string): Promise<ModelVersion | null>;
  /** Newest version of each stage named (all stages where none is), newest = greatest number. */
  getLatestVersions(name: string, stages?: readonly string[]): Promise<readonly ModelVersion[]>;
  searchModelVersions(request: SearchRequest): Promise<Page<ModelVersion>>;
  /** Where the files of a version really are. */
  getModelVersionLocation(name: string, version: number): Promise<string>;
  setModelVersionTag(name: string, version: number, key: string, value: string): Promise<void>;
  setRegisteredModelTag(name: string, key: string, value: string): Promise<void>;
  transitionStage(
    name: string,
    version: number,
    stage: Stage,
    options: { readonly archiveExisting: boolean },
  ): Promise<void>;
  setAlias(name: string, alias: string, version: number): Promise<void>;
  deleteAlias(name: string, alias: string): Promise<void>;
}
