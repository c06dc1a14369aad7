// Turns a plan into a run with a complete model in it, or a run marked as failed; the registry comes last. `train` and `log` both
// use this one sequence. A kill between two steps leaves nothing that loads as an incomplete model.

import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ArtifactStore } from '../artifacts/store.js';
import { uploadTree } from '../artifacts/transfer.js';
import { metricValue, record } from '../documents/json-values.js';
import type { LoggedDocument } from '../documents/logged.js';
import { signatureDocument } from '../documents/signature-document.js';
import { MlctlError } from '../errors/error.js';
import { digestOfList } from '../files/digest-folder.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { formatLineage } from '../lineage/format-lineage.js';
import { LINEAGE_DIGEST_TAG, LINEAGE_FILE, lineageFileOf, RUN_DIGEST_TAG } from '../lineage/names.js';
import { noteOf } from '../lineage/note-of.js';
import { formatRunDigest, recordOf } from '../lineage/run-digest.js';
import { rememberPackage } from '../loader/known-packages.js';
import { MODEL_FOLDER, PACKAGE_DIGEST_TAG, PAYLOAD_DIGEST_TAG } from '../loader/recorded-digest.js';
import { fileListTags } from '../loader/recorded-files.js';
import type { PackageIds } from '../model/package-ids.js';
import { readMlModel } from '../model/read-ml-model.js';
import { mlModelJson } from '../model/rewrite-ml-model.js';
import { type Registration, recordModelVersion } from '../registry/record-model-version.js';
import type { Signature } from '../schema/types.js';
import { artifactsAt } from '../session/artifacts-at.js';
import type { StoreOptions, Stores } from '../session/stores.js';
import { userName } from '../session/user-name.js';
import { withoutEnd } from '../text/without-end.js';
import {
  checkDataset,
  checkMetric,
  checkParam,
  checkRunName,
  checkRunTag,
  checkUserName,
  REQUEST_ID_TAG,
} from '../tracking/limits.js';
import { NOTE_TAG } from '../tracking/note-tag.js';
import type { DatasetInput, Experiment, Metric, TrackingStore } from '../tracking/tracking-store.js';
import { onRemotes, type World } from '../world.js';
import { abandon, explainLeftRunning, type Open } from './abandon.js';
import { openRun, type RunRequest } from './open-run.js';
import { registering } from './registering.js';
import { textInputsNote } from './text-inputs-note.js';

export interface LogPlan extends RunRequest {
  readonly params: ReadonlyMap<string, string>;
  readonly datasets: readonly DatasetInput[];
  /** Artifacts of the run by path. */
  readonly runFiles: ReadonlyMap<string, FolderFile>;
  /** The package's files; called once, as soon as the ids are known. */
  readonly buildPackage: (
    ids: PackageIds,
  ) => ReadonlyMap<string, FolderFile> | Promise<ReadonlyMap<string, FolderFile>>;
  /** Path of the payload in the package; null if it has none. */
  readonly payload: string | null;
  /** mlctl trained it, or ran it within limits, so from now on it may run in the process on this machine (contract §8.6). */
  readonly vouched: boolean;
  readonly signature: Signature | null;
  readonly data: LoggedDocument['data'];
  readonly register: Registration | null;
  /** MLmodel as JSON text, for the model list of 2.x servers; made from the package's own MLmodel if left out. */
  readonly mlmodelJson?: (ids: PackageIds) => string | Promise<string>;
}

/** MLmodel goes last, because a package without it does not load. */
function mlmodelLast(files: ReadonlyMap<string, FolderFile>): Map<string, FolderFile> {
  const ordered = new Map(files);
  const mlmodel = ordered.get('MLmodel');
  if (mlmodel === undefined) throw new MlctlError('BUG', 'a package without MLmodel was to be logged');
  ordered.delete('MLmodel');
  return ordered.set('MLmodel', mlmodel);
}

/** Runs the plan. On any error the run becomes FAILED (KILLED if the command was interrupted) and the error is thrown on. */
export async function logModel(
  world: World,
  stores: Stores,
  options: StoreOptions,
  plan: LogPlan,
): Promise<LoggedDocument> {
  world.signal.throwIfAborted();
  checkPlan(world, plan);
  const tracking = await stores.tracking();
  const work = () => logInto(world, stores, options, plan);
  const logged = await (tracking.isRemote ? onRemotes(world, work) : work());
  const note = textInputsNote(plan.signature);
  if (note !== null) world.note(note);
  return logged;
}

async function logInto(world: World, stores: Stores, options: StoreOptions, plan: LogPlan): Promise<LoggedDocument> {
  const { run, experiment, isNew } = await openRun(world, stores, options, plan);
  const open: Open = {
    run,
    isNew,
    modelMark: null,
    model: null,
    package: null,
    maybeReady: false,
    committed: false,
  };
  try {
    return await commit(world, stores, options, plan, experiment, open);
  } catch (error) {
    if (!open.committed && !(await abandon(world, stores, open))) throw explainLeftRunning(world, error, run);
    throw error;
  }
}

/** What no store accepts is refused before anything is created there. */
function checkPlan(world: World, plan: LogPlan): void {
  for (const [key, value] of plan.params) checkParam(key, value);
  for (const [key, value] of plan.tags) checkRunTag(key, value);
  for (const [key, value] of plan.metrics) checkMetric({ key, value, timestamp: 0, step: 0 });
  for (const dataset of plan.datasets) checkDataset(dataset);
  checkRunName(plan.runName ?? '');
  checkUserName(userName(world));
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
  const namedBy = { store: tracking, what: `run ${run.runId}`, to: 'write' } as const;
  const storeAt = (location: string): Promise<ArtifactStore> =>
    artifactsAt({ world, options, tracking }, location, namedBy);

  const upload = (store: ArtifactStore, path: string, files: ReadonlyMap<string, FolderFile>) => {
    const send = () => uploadTree(store, path, files, { signal, progress: world.progress });
    // Even if the runs are kept on this machine, their files may be somewhere else.
    return store.localRoot === null ? onRemotes(world, send) : send();
  };

  const runStore = await storeAt(run.artifactUri);
  const lineage = formatLineage(plan.lineage);
  const lineageFile = open.isNew ? LINEAGE_FILE : lineageFileOf(lineage.digest);
  await upload(runStore, '', new Map<string, FolderFile>([...plan.runFiles, [lineageFile, lineage.bytes]]));
  signal.throwIfAborted();

  const uuid = randomBytes(16).toString('hex');
  if (await tracking.hasLoggedModels()) {
    open.modelMark = randomUUID();
    open.model = await tracking.createLoggedModel({
      experimentId: experiment.experimentId,
      name: MODEL_FOLDER,
      sourceRunId: run.runId,
      params: plan.params,
      tags: new Map([[REQUEST_ID_TAG, open.modelMark]]),
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
  const sent = await upload(place.store, place.path, files);
  const digest = {
    package: digestOfList(sent),
    payload: plan.payload === null ? null : payloadDigest(sent, plan.payload),
  };

  const digestTags = new Map([
    [PACKAGE_DIGEST_TAG, digest.package],
    ...(digest.payload === null ? [] : [[PAYLOAD_DIGEST_TAG, digest.payload] as const]),
    [LINEAGE_DIGEST_TAG, lineage.digest],
  ]);
  const timestamp = world.now();
  const metrics: Metric[] = [...plan.metrics].map(([key, value]) => ({
    key,
    value,
    timestamp,
    step: 0,
    ...(modelId === null ? {} : { modelId }),
  }));
  const listTags = fileListTags(sent);
  const runTags = new Map([...(open.isNew ? [] : plan.tags), ...digestTags, ...(open.model ? [] : listTags)]);
  // A run that was there keeps the record that it has.
  if (open.model && run.tags.has(LINEAGE_DIGEST_TAG)) runTags.delete(LINEAGE_DIGEST_TAG);
  const recordTags = await tracking.together(async (store) => {
    if (plan.datasets.length > 0) await store.logInputs(run.runId, plan.datasets);
    await store.logBatch(run.runId, { params: plan.params, metrics, tags: runTags });
    const recordTags = await runDigestTags(store, open, plan, runTags);
    if (open.model) {
      await store.setLoggedModelTags(open.model.modelId, new Map([...digestTags, ...listTags, ...recordTags]));
      await store.logModelOutput(run.runId, open.model.modelId, 0);
      signal.throwIfAborted();
      open.maybeReady = true;
      await store.finalizeLoggedModel(open.model.modelId, 'READY');
    } else {
      const mlmodel = files.get('MLmodel');
      const json = plan.mlmodelJson
        ? await plan.mlmodelJson(ids)
        : mlmodel instanceof Uint8Array
          ? mlModelJson(await readMlModel(mlmodel))
          : null;
      if (json !== null) await store.recordModelOfRun(run.runId, json);
    }
    signal.throwIfAborted();
    if (open.isNew) await store.updateRun(run.runId, { status: 'FINISHED', endTime: world.now() });
    return recordTags;
  });
  open.committed = true;
  if (plan.vouched) rememberPackage(world, digest.package);

  const uri = `runs:/${run.runId}/${MODEL_FOLDER}`;
  const registered =
    plan.register === null
      ? null
      : await registering(world, uri, plan.register, async () => {
          const registry = await stores.registry();
          const make = () =>
            recordModelVersion(world, registry, {
              ...plan.register!,
              uri,
              source: modelId === null ? `${withoutEnd(run.artifactUri, '/')}/${MODEL_FOLDER}` : `models:/${modelId}`,
              modelId,
              runId: run.runId,
              tags: new Map([...digestTags, ...recordTags, [NOTE_TAG, noteOf(plan.lineage, plan.metrics, run)]]),
              models: tracking,
            });
          return registry.isRemote ? onRemotes(world, make) : make();
        });
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

/** A digest of the run as it is once the plan is logged. A run that is still under way elsewhere has none yet. */
async function runDigestTags(
  tracking: TrackingStore,
  { run, isNew }: Open,
  plan: LogPlan,
  tags: ReadonlyMap<string, string>,
): Promise<readonly (readonly [string, string])[]> {
  if (isNew) return [[RUN_DIGEST_TAG, formatRunDigest({ ...plan, tags: new Map([...run.tags, ...tags]) })]];
  // Which value of a metric counts as the newest is for the store to say.
  const now = run.status === 'RUNNING' ? null : await tracking.getRun(run.runId);
  return now === null ? [] : [[RUN_DIGEST_TAG, formatRunDigest(recordOf(now))]];
}

function payloadDigest(files: readonly { path: string; sha256: string }[], payload: string): string | null {
  const file = files.find((one) => one.path === payload);
  return file ? `sha256:${file.sha256}` : null;
}
