// Turns one SQLite file of MLflow's own layout into the tracking port, so that `mlflow ui` in the same folder shows everything.
import { loggedModelIdOf } from '../../uri/logged-model-id.js';
import type { World } from '../../world.js';
import { checkDataset } from '../limits.js';
import type { ModelRegistry, ModelVersion, NewModelVersion, Transition } from '../model-registry.js';
import type { SearchRequest, Tags } from '../store.js';
import type {
  Batch,
  DatasetInput,
  LoggedModel,
  LoggedModelSearch,
  NewLoggedModel,
  NewRun,
  RunSearch,
  RunUpdate,
  TrackingStore,
} from '../tracking-store.js';
import type { Connection, Transactions } from './connection.js';
import type { Sqlite } from './driver.js';
import * as experiments from './experiments.js';
import { Backup } from './file/backup.js';
import { openFile } from './file/open-file.js';
import { writeGuard } from './file/write-guard.js';
import { logInputs } from './inputs.js';
import * as loggedModels from './logged-models.js';
import * as versions from './model-versions.js';
import * as registry from './registered-models.js';
import * as runs from './runs.js';

interface SqliteStoreOptions {
  readonly path: string;
  /** Where new experiments keep their artifacts. */
  readonly artifactRoot: string;
  /** What becomes of a file that does not exist. */
  readonly missing: 'make' | 'refuse';
  /** Where logged models are looked up if this file is only the registry. */
  readonly loggedModels?: Pick<TrackingStore, 'getLoggedModel' | 'setLoggedModelTags'>;
}

export class SqliteStore implements TrackingStore, ModelRegistry {
  readonly isRemote = false;
  readonly uri: string;
  readonly #connection: Connection;
  readonly #transactions: Transactions;
  readonly #options: SqliteStoreOptions;
  readonly #world: World;
  readonly #guard: () => Promise<void>;
  /** Null inside `together`. */
  readonly #backup: Backup | null;

  private constructor(
    connection: Connection,
    transactions: Transactions,
    guard: () => Promise<void>,
    backup: Backup | null,
    options: SqliteStoreOptions,
    world: World,
  ) {
    this.uri = `sqlite:///${options.path}`;
    this.#connection = connection;
    this.#transactions = transactions;
    this.#options = options;
    this.#world = world;
    this.#guard = guard;
    this.#backup = backup;
  }

  static async open(options: SqliteStoreOptions, world: World): Promise<SqliteStore> {
    const { connection, state } = await openFile(options, world);
    const guard = writeGuard(connection, state.revision);
    const backup = new Backup(connection, options.artifactRoot, world);
    return new SqliteStore(connection, connection, guard, backup, options, world);
  }

  async hasLoggedModels(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    try {
      await this.#backup?.bringUpToDate();
    } finally {
      await this.#connection.close();
    }
  }

  async together<T>(work: (store: TrackingStore) => Promise<T>): Promise<T> {
    await this.#guard();
    const result = await this.#connection.together((inside) =>
      work(new SqliteStore(this.#connection, inside, this.#guard, null, this.#options, this.#world)),
    );
    await this.#wrote('lasting');
    return result;
  }

  #read<T>(work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#transactions.read(work);
  }

  async #write<T>(work: (sqlite: Sqlite, now: number) => T, lasting: 'lasting' | 'passing' = 'passing'): Promise<T> {
    await this.#guard();
    const result = await this.#transactions.write((sqlite) => work(sqlite, this.#world.now()));
    await this.#wrote(lasting);
    return result;
  }

  /** `lasting`: the write is confirmed to the user, so the copy beside the file must contain it before this returns. */
  async #wrote(lasting: 'lasting' | 'passing'): Promise<void> {
    this.#backup?.outdated();
    if (lasting === 'lasting') await this.#backup?.bringUpToDateIfCheap();
  }

  getExperiment(experimentId: string) {
    return this.#read((sqlite) => experiments.getExperiment(sqlite, experimentId));
  }

  getExperimentByName(name: string) {
    return this.#read((sqlite) => experiments.getExperimentByName(sqlite, name));
  }

  async ensureExperiment(name: string) {
    const found = await this.getExperimentByName(name);
    if (found) return experiments.refuseDeleted(found);
    return this.#write((sqlite, now) => experiments.ensureExperiment(sqlite, name, this.#options.artifactRoot, now));
  }

  searchExperiments(request: SearchRequest = {}) {
    return this.#read((sqlite) => experiments.searchExperiments(sqlite, request));
  }

  createRun(request: NewRun) {
    return this.#write((sqlite) => runs.createRun(sqlite, request));
  }

  getRun(runId: string) {
    return this.#read((sqlite) => runs.getRun(sqlite, runId));
  }

  searchRuns(request: RunSearch) {
    return this.#read((sqlite) => runs.searchRuns(sqlite, request));
  }

  async logBatch(runId: string, batch: Batch) {
    runs.checkBatch(batch);
    await this.#write((sqlite) => runs.logBatch(sqlite, runId, batch));
  }

  async logInputs(runId: string, datasets: readonly DatasetInput[]) {
    for (const dataset of datasets) checkDataset(dataset);
    await this.#write((sqlite) => logInputs(sqlite, runId, datasets));
  }

  updateRun(runId: string, update: RunUpdate) {
    return this.#write((sqlite) => runs.updateRun(sqlite, runId, update), 'lasting');
  }

  createLoggedModel(request: NewLoggedModel) {
    return this.#write((sqlite, now) => loggedModels.createLoggedModel(sqlite, request, now));
  }

  getLoggedModel(modelId: string) {
    return this.#read((sqlite) => loggedModels.getLoggedModel(sqlite, modelId));
  }

  searchLoggedModels(request: LoggedModelSearch) {
    return this.#read((sqlite) => loggedModels.searchLoggedModels(sqlite, request));
  }

  setLoggedModelTags(modelId: string, tags: Tags) {
    return this.#write((sqlite) => loggedModels.setLoggedModelTags(sqlite, modelId, tags));
  }

  finalizeLoggedModel(modelId: string, status: 'READY' | 'FAILED') {
    return this.#write((sqlite, now) => loggedModels.finalizeLoggedModel(sqlite, modelId, status, now));
  }

  logModelOutput(runId: string, modelId: string, step: number) {
    return this.#write((sqlite) => loggedModels.logModelOutput(sqlite, runId, modelId, step));
  }

  async recordModelOfRun() {}

  async hasLoggedModel(modelId: string) {
    return (await (this.#options.loggedModels ?? this).getLoggedModel(modelId)) !== null;
  }

  ensureRegisteredModel(name: string) {
    return this.#write((sqlite, now) => registry.ensureRegisteredModel(sqlite, name, now));
  }

  getRegisteredModel(name: string) {
    return this.#read((sqlite) => registry.getRegisteredModel(sqlite, name));
  }

  searchRegisteredModels(request: SearchRequest = {}) {
    return this.#read((sqlite) => registry.searchRegisteredModels(sqlite, request));
  }

  async createModelVersion(request: NewModelVersion): Promise<ModelVersion> {
    const modelId = request.modelId ?? loggedModelIdOf(request.source);
    const elsewhere = this.#options.loggedModels;
    if (modelId === null)
      return this.#write((sqlite, now) => versions.createModelVersion(sqlite, request, null, now), 'lasting');
    if (!elsewhere)
      return this.#write((sqlite, now) => {
        const logged = loggedModels.existingLoggedModel(sqlite, modelId);
        const version = versions.createModelVersion(sqlite, request, logged, now);
        loggedModels.setLoggedModelTags(
          sqlite,
          modelId,
          versions.registeredAsTag(logged, version.name, version.version),
        );
        return version;
      }, 'lasting');
    const logged: LoggedModel | null = await elsewhere.getLoggedModel(modelId);
    if (logged === null) throw loggedModels.noLoggedModel(modelId);
    const version = await this.#write(
      (sqlite, now) => versions.createModelVersion(sqlite, request, logged, now),
      'lasting',
    );
    await elsewhere.setLoggedModelTags(modelId, versions.registeredAsTag(logged, version.name, version.version));
    return version;
  }

  getModelVersion(name: string, version: number) {
    return this.#read((sqlite) => versions.getModelVersion(sqlite, name, version));
  }

  getModelVersionByAlias(name: string, alias: string) {
    return this.#read((sqlite) => registry.versionByAlias(sqlite, name, alias));
  }

  getLatestVersions(name: string, stages: readonly string[] = []) {
    return this.#read((sqlite) => versions.latestVersions(sqlite, name, stages));
  }

  searchModelVersions(request: SearchRequest) {
    return this.#read((sqlite) => versions.searchModelVersions(sqlite, request));
  }

  getModelVersionLocation(name: string, version: number) {
    return this.#read((sqlite) => versions.locationOfVersion(sqlite, name, version));
  }

  setModelVersionTag(name: string, version: number, key: string, value: string) {
    return this.#write((sqlite) => registry.setModelVersionTag(sqlite, name, version, key, value), 'lasting');
  }

  deleteModelVersionTag(name: string, version: number, key: string) {
    return this.#write((sqlite) => registry.deleteModelVersionTag(sqlite, name, version, key), 'lasting');
  }

  transitionStage(request: Transition) {
    return this.#write((sqlite, now) => registry.transitionStage(sqlite, request, now), 'lasting');
  }

  setAlias(name: string, alias: string, version: number) {
    return this.#write((sqlite) => registry.setAlias(sqlite, name, alias, version), 'lasting');
  }
}
