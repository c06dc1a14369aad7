// The one commit sequence of `train` and `log`: a run with a model in it, whole or marked as failed, and the registry entry last.
// The order is that of security-and-faults §3.3; a kill between two steps leaves nothing that loads as half a model.
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openArtifacts } from '../artifacts/open.js';
import type { ArtifactStore } from '../artifacts/store.js';
import { uploadTree } from '../artifacts/transfer.js';
import { MlctlError } from '../errors/error.js';
import { digestOfList } from '../files/digest-folder.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { readMlModel } from '../model/read-ml-model.js';
import { mlModelJson } from '../model/rewrite-ml-model.js';
import type { Signature } from '../schema/types.js';
import type { DatasetInput, Experiment, LoggedModel, Metric, Run, TrackingStore } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { experimentToWrite } from './experiment.js';
import { rememberPackage } from './known-packages.js';
import { metricValue, record } from './lineage.js';
import { refuseLocalSource } from './local-source.js';
import { type Registration, recordModelVersion } from './record-model-version.js';
import { MODEL_FOLDER, PACKAGE_DIGEST_TAG, PAYLOAD_DIGEST_TAG } from './recorded-digest.js';
import { signatureDocument } from './signature-document.js';
import { sourceTags, userName } from './source-tags.js';
import type { Stores } from './stores.js';
import type { LoggedDocument, StoreOptions } from './types.js';

/** What the store gave, for the files that name it. */
export interface PackageIds {
  readonly runId: string;
  /** null where the server has no logged models. */
  readonly modelId: string | null;
  /** 32 hex digits. */
  readonly uuid: string;
  readonly artifactPath: string;
  readonly createdAt: number;
}

export interface LogPlan {
  /** Where neither flag nor environment name one. */
  readonly experiment?: string;
  /** Left out: made up from the time. */
  readonly runName?: string;
  /** Log into this run instead of a new one; its status is left alone. */
  readonly existingRunId?: string;
  /** `mlflow.source.name`. */
  readonly sourceName: string;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, number>;
  /** Further tags of the run: the user's, and `mlctl.data_digest`, `mlctl.recipe_digest`. */
  readonly tags: ReadonlyMap<string, string>;
  readonly datasets: readonly DatasetInput[];
  /** Artifacts of the run by path. */
  readonly runFiles: ReadonlyMap<string, FolderFile>;
  /** The package's files; called once, when ids are known. */
  readonly buildPackage: (
    ids: PackageIds,
  ) => ReadonlyMap<string, FolderFile> | Promise<ReadonlyMap<string, FolderFile>>;
  /** Path of the payload in the package; null where it has none. */
  readonly payload: string | null;
  readonly signature: Signature | null;
  readonly data: LoggedDocument['data'];
  readonly register: Registration | null;
  /** MLmodel as JSON text, for the model list of 2.x servers; made of the package's own MLmodel where left out. */
  readonly mlmodelJson?: (ids: PackageIds) => string | Promise<string>;
}

/** Time for marking a run as ended after the command itself was stopped. */
const CLEANUP_MS = 4000;

interface Open {
  readonly run: Run;
  readonly isNew: boolean;
  model: LoggedModel | null;
  package: { store: ArtifactStore; path: string } | null;
  /** READY was asked for; whether it was heard may be unknown. */
  maybeReady: boolean;
  committed: boolean;
}

/** A run whose creation was answered by an error may exist all the same: it is found by its request id and marked. */
async function closeUnseenRun(world: World, stores: Stores, experiment: Experiment, requestId: string): Promise<void> {
  const fresh = stores.withSignal(AbortSignal.timeout(CLEANUP_MS));
  try {
    const tracking = await fresh.tracking();
    const { items } = await tracking.searchRuns({
      experimentIds: [experiment.experimentId],
      filter: `tags.\`mlctl.request_id\` = '${requestId}'`,
    });
    for (const run of items) await tracking.updateRun(run.runId, { status: endStatus(world), endTime: world.now() });
  } catch {
    // Unreachable still: nobody here can change it.
  } finally {
    await fresh.close().catch(() => {});
  }
}

/** KILLED where the person or the system stopped the command, FAILED for everything else. */
function endStatus(world: World): 'KILLED' | 'FAILED' {
  const code = world.signal.aborted ? (world.signal.reason as { code?: string } | undefined)?.code : undefined;
  return code === 'INTERRUPTED' || code === 'TERMINATED' ? 'KILLED' : 'FAILED';
}

async function openRun(
  world: World,
  stores: Stores,
  tracking: TrackingStore,
  options: StoreOptions,
  plan: LogPlan,
): Promise<{ run: Run; experiment: Experiment; isNew: boolean }> {
  if (plan.existingRunId !== undefined) {
    const run = await tracking.getRun(plan.existingRunId);
    if (run === null || run.lifecycleStage === 'deleted') {
      throw new MlctlError(
        'RUN_NOT_FOUND',
        `${printable(tracking.uri)} has no ${run ? 'active ' : ''}run "${printable(plan.existingRunId, 80)}" to log into`,
        { hint: 'See `mlctl runs`, or leave --run-id out.' },
      );
    }
    const experiment = await tracking.getExperiment(run.experimentId);
    if (experiment === null) throw new MlctlError('EXPERIMENT_NOT_FOUND', `The experiment of run ${run.runId} is gone`);
    return { run, experiment, isNew: false };
  }
  const experiment = await experimentToWrite(world, tracking, options, plan.experiment);
  const startTime = world.now();
  const runName =
    plan.runName ?? `mlctl-${new Date(startTime).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
  const tags = new Map([...(await sourceTags(world, plan.sourceName)), ...plan.tags]);
  const requestId = randomUUID();
  const request = {
    experimentId: experiment.experimentId,
    runName,
    userId: userName(world),
    startTime,
    tags,
    requestId,
  };
  try {
    return { run: await tracking.createRun(request), experiment, isNew: true };
  } catch (error) {
    await closeUnseenRun(world, stores, experiment, requestId);
    throw error;
  }
}

/** MLmodel goes last: a package without it loads nowhere. */
function mlmodelLast(files: ReadonlyMap<string, FolderFile>): Map<string, FolderFile> {
  const ordered = new Map(files);
  const mlmodel = ordered.get('MLmodel');
  if (mlmodel === undefined) throw new MlctlError('BUG', 'A package without MLmodel was to be logged');
  ordered.delete('MLmodel');
  return ordered.set('MLmodel', mlmodel);
}

/**
 * Ends what was begun: the run FAILED or KILLED, the model FAILED and without its MLmodel. Never throws.
 * A model that may be READY loses its MLmodel only once it is FAILED: whole and READY is better than half and READY.
 */
async function abandon(world: World, stores: Stores, open: Open): Promise<void> {
  const fresh = stores.withSignal(AbortSignal.timeout(CLEANUP_MS));
  const quietly = (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => true,
      () => false,
    );
  try {
    const tracking = await fresh.tracking();
    const endRun = async (): Promise<void> => {
      if (open.isNew)
        await quietly(tracking.updateRun(open.run.runId, { status: endStatus(world), endTime: world.now() }));
    };
    const endModel = async (): Promise<void> => {
      const failed = open.model === null || (await quietly(tracking.finalizeLoggedModel(open.model.modelId, 'FAILED')));
      if (open.package && (failed || !open.maybeReady))
        await quietly(open.package.store.remove(open.package.path === '' ? 'MLmodel' : `${open.package.path}/MLmodel`));
    };
    // Side by side: what hangs at one must not keep the other from its end.
    await Promise.all([endRun(), endModel()]);
  } catch {
    // The store is gone; the run stays RUNNING there, which nobody here can change.
  } finally {
    await fresh.close().catch(() => {});
  }
}

/** Runs the plan. On any error the run is FAILED (KILLED where the command was interrupted) and the error goes on. */
export async function logModel(
  world: World,
  stores: Stores,
  options: StoreOptions,
  plan: LogPlan,
): Promise<LoggedDocument> {
  world.signal.throwIfAborted();
  const tracking = await stores.tracking();
  const { run, experiment, isNew } = await openRun(world, stores, tracking, options, plan);
  const open: Open = { run, isNew, model: null, package: null, maybeReady: false, committed: false };
  try {
    return await commit(world, stores, options, plan, experiment, open);
  } catch (error) {
    if (!open.committed) await abandon(world, stores, open);
    throw error;
  }
}

async function commit(
  world: World,
  stores: Stores,
  options: StoreOptions,
  plan: LogPlan,
  experiment: Experiment,
  open: Open,
): Promise<LoggedDocument> {
  const { signal } = world;
  const tracking = await stores.tracking();
  const { run } = open;
  const context = {
    world,
    trackingUri: tracking.kind === 'rest' ? (options.trackingUri ?? world.env.MLFLOW_TRACKING_URI ?? null) : null,
    offline: options.offline ?? false,
  };
  const storeAt = (location: string): Promise<ArtifactStore> =>
    openArtifacts(refuseLocalSource(world, tracking, location, `run ${run.runId}`), context);

  const runStore = await storeAt(run.artifactUri);
  if (plan.runFiles.size > 0) await uploadTree(runStore, '', plan.runFiles, { signal, progress: world.progress });
  signal.throwIfAborted();

  const uuid = randomBytes(16).toString('hex');
  if (await tracking.hasLoggedModels()) {
    open.model = await tracking.createLoggedModel({
      experimentId: experiment.experimentId,
      name: MODEL_FOLDER,
      sourceRunId: run.runId,
      params: plan.params,
      tags: new Map(),
    });
  }
  const place = open.model
    ? { store: await storeAt(open.model.artifactUri), path: '' }
    : { store: runStore, path: MODEL_FOLDER };
  open.package = place;
  const modelId = open.model?.modelId ?? null;
  const ids: PackageIds = {
    runId: run.runId,
    modelId,
    uuid,
    artifactPath: open.model?.artifactUri ?? MODEL_FOLDER,
    createdAt: world.now(),
  };
  const files = mlmodelLast(await plan.buildPackage(ids));
  const sent = await uploadTree(place.store, place.path, files, { signal, progress: world.progress });
  const digest = {
    package: digestOfList(sent),
    payload: plan.payload === null ? null : payloadDigest(sent, plan.payload),
  };

  const digestTags = new Map([
    [PACKAGE_DIGEST_TAG, digest.package],
    ...(digest.payload === null ? [] : [[PAYLOAD_DIGEST_TAG, digest.payload] as const]),
  ]);
  const timestamp = world.now();
  const metrics: Metric[] = [...plan.metrics].map(([key, value]) => ({
    key,
    value,
    timestamp,
    step: 0,
    ...(modelId === null ? {} : { modelId }),
  }));
  const runTags = new Map([...(open.isNew ? [] : plan.tags), ...digestTags]);
  if (plan.datasets.length > 0) await tracking.logInputs(run.runId, plan.datasets);
  await tracking.logBatch(run.runId, { params: plan.params, metrics, tags: runTags });
  if (open.model) {
    await tracking.setLoggedModelTags(open.model.modelId, digestTags);
    await tracking.logModelOutput(run.runId, open.model.modelId, 0);
    signal.throwIfAborted();
    open.maybeReady = true;
    await tracking.finalizeLoggedModel(open.model.modelId, 'READY');
  } else {
    const mlmodel = files.get('MLmodel');
    const json = plan.mlmodelJson
      ? await plan.mlmodelJson(ids)
      : mlmodel instanceof Uint8Array
        ? mlModelJson(await readMlModel(mlmodel))
        : null;
    if (json !== null) await tracking.recordModelOfRun(run.runId, json);
  }
  signal.throwIfAborted();
  if (open.isNew) await tracking.updateRun(run.runId, { status: 'FINISHED', endTime: world.now() });
  open.committed = true;
  rememberPackage(world, digest.package);

  const uri = `runs:/${run.runId}/${MODEL_FOLDER}`;
  const registered =
    plan.register === null
      ? null
      : await registering(uri, plan.register, async () =>
          recordModelVersion(world, await stores.registry(), {
            ...plan.register!,
            uri,
            source: modelId === null ? `${run.artifactUri.replace(/\/+$/, '')}/${MODEL_FOLDER}` : `models:/${modelId}`,
            modelId,
            runId: run.runId,
            tags: digestTags,
          }),
        );
  return {
    run_id: run.runId,
    experiment: experiment.name,
    experiment_id: experiment.experimentId,
    run_name: run.runName,
    model_uri: uri,
    model_id: modelId,
    registered: registered && { name: registered.name, version: registered.version },
    params: record(plan.params),
    metrics: record([...plan.metrics].map(([key, value]) => [key, metricValue(value)] as const)),
    signature: signatureDocument(plan.signature),
    digest,
    data: plan.data,
    tracking_uri: tracking.uri,
    path: place.store.localRoot === null ? null : join(place.store.localRoot, place.path),
  };
}

/** The run is whole by now: what failed is the registry alone, and `register` takes it up where it stopped. */
async function registering<T>(uri: string, { name, stage, alias }: Registration, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    const places = `${stage === undefined ? '' : ` --stage ${stage}`}${alias === undefined ? '' : ` --alias ${alias}`}`;
    const shown = /^[\w.-]+$/.test(name) ? name : JSON.stringify(printable(name, 200));
    throw new MlctlError(error.code, `${error.message}; the run is finished and its model whole, but not registered`, {
      hint: `${error.hint === undefined ? '' : `${error.hint}; then `}mlctl register ${uri} --name ${shown}${places}`,
      details: { ...error.details, model_uri: uri },
      cause: error,
    });
  }
}

function payloadDigest(files: readonly { path: string; sha256: string }[], payload: string): string | null {
  const file = files.find((one) => one.path === payload);
  return file ? `sha256:${file.sha256}` : null;
}
