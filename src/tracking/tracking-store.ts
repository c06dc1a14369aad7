// The port to MLflow's tracking store: experiments, runs and logged models, as the SQLite file and a server both keep them.
import type { Page, SearchRequest, Store, Tags } from './store.js';

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

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

export interface NewRun {
  readonly experimentId: string;
  readonly runName: string;
  readonly userId: string;
  readonly startTime: number;
  readonly tags: Tags;
  readonly requestId: string;
}

export interface RunSearch extends SearchRequest {
  readonly experimentIds: readonly string[];
}

export interface RunUpdate {
  readonly status: RunStatus;
  readonly endTime: number | null;
}

export interface Batch {
  readonly params?: Tags;
  readonly metrics?: readonly Metric[];
  readonly tags?: Tags;
}

export interface NewLoggedModel {
  readonly experimentId: string;
  readonly name: string;
  readonly sourceRunId: string;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: Tags;
  readonly modelType?: string;
}

export interface LoggedModelSearch {
  readonly experimentIds: readonly string[];
  readonly name?: string;
  readonly sourceRunId?: string;
}

export interface TrackingStore extends Store {
  /** False on 2.x servers: models are then run artifacts. */
  hasLoggedModels(): Promise<boolean>;

  getExperiment(experimentId: string): Promise<Experiment | null>;
  getExperimentByName(name: string): Promise<Experiment | null>;
  /**
   * Created if missing. A name that already exists (created by somebody else meanwhile) is a success. Refused for a deleted one.
   */
  ensureExperiment(name: string): Promise<Experiment>;
  searchExperiments(request?: SearchRequest): Promise<Page<Experiment>>;

  /** `requestId` is logged as the tag `mlctl.request_id` and makes a repeated call find the first one's run. */
  createRun(request: NewRun): Promise<Run>;
  getRun(runId: string): Promise<Run | null>;
  searchRuns(request: RunSearch): Promise<Page<Run>>;
  /** Splits into as many calls as the limits require. Refuses what a store would cut or reject, and names the key. */
  logBatch(runId: string, batch: Batch): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[]): Promise<void>;
  updateRun(runId: string, update: RunUpdate): Promise<void>;

  createLoggedModel(request: NewLoggedModel): Promise<LoggedModel>;
  getLoggedModel(modelId: string): Promise<LoggedModel | null>;
  /** Newest first. */
  searchLoggedModels(request: LoggedModelSearch): Promise<readonly LoggedModel[]>;
  setLoggedModelTags(modelId: string, tags: Tags): Promise<void>;
  finalizeLoggedModel(modelId: string, status: 'READY' | 'FAILED'): Promise<void>;
  logModelOutput(runId: string, modelId: string, step: number): Promise<void>;
  /** 2.x only: the tag `mlflow.log-model.history`. Does nothing elsewhere. */
  recordModelOfRun(runId: string, mlmodelJson: string): Promise<void>;

  /**
   * What `work` writes into the store that it is given is kept as one, all of it or nothing, if the store can do so: a server cannot.
   * Other writers wait meanwhile, so `work` waits for nothing but that store.
   */
  together<T>(work: (store: TrackingStore) => Promise<T>): Promise<T>;
}
