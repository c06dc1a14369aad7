// Turns the store into the answer of `runs`: the runs of an experiment, or of all, newest first; or one run with all its details.

import { listTree } from '../artifacts/transfer.js';
import type { ArtifactDocument } from '../documents/artifact.js';
import { isoTime, record } from '../documents/json-values.js';
import { metricRecord } from '../documents/lineage.js';
import { artifactsAt } from '../session/artifacts-at.js';
import { experimentIdsOf } from '../session/experiment.js';
import { requireRun } from '../session/find-run.js';
import { DEFAULT_MAX, type ListOptions } from '../session/list-options.js';
import { existingStores, type StoreOptions } from '../session/stores.js';
import { paged } from '../tracking/paged.js';
import type { Run, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';

/** Which runs to list. */
export interface RunsRequest extends ListOptions {
  /** Show this one run, with all its details. */
  readonly runId?: string;
}

/** A run with its params, metrics and tags. */
export interface RunDocument {
  readonly run_id: string;
  readonly run_name: string;
  readonly experiment: string | null;
  readonly experiment_id: string;
  readonly status: string;
  /** Set if the run was deleted; MLflow can restore it. */
  readonly deleted?: true;
  readonly user: string | null;
  /** ISO 8601, UTC. */
  readonly started: string | null;
  readonly ended: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** URIs of its models. */
  readonly models: readonly string[];
  /** The files of the run; only where one run was asked for, and null if they could not be listed. */
  readonly artifacts?: readonly ArtifactDocument[] | null;
}

/** What `mlctl runs --json` prints. */
export interface RunsDocument {
  readonly runs: readonly RunDocument[];
  /** True if there are more matches than were asked for. */
  readonly more: boolean;
  readonly tracking_uri: string;
}

async function modelUris(tracking: TrackingStore, run: Run): Promise<readonly string[]> {
  const uris: string[] = [];
  for (const { modelId } of run.modelOutputs) {
    const model = await tracking.getLoggedModel(modelId).catch(() => null);
    if (model?.status !== 'READY') continue;
    const uri = model.sourceRunId === run.runId ? `runs:/${run.runId}/${model.name}` : `models:/${modelId}`;
    // Of two models with one name, the newest has the name and the older ones are named by their ids.
    uris.push(uris.includes(uri) ? `models:/${modelId}` : uri);
  }
  if (uris.length === 0 && run.tags.has('mlctl.package_digest')) uris.push(`runs:/${run.runId}/model`);
  return uris;
}

async function documentOf(tracking: TrackingStore, run: Run, names: Map<string, string | null>): Promise<RunDocument> {
  if (!names.has(run.experimentId))
    names.set(run.experimentId, (await tracking.getExperiment(run.experimentId).catch(() => null))?.name ?? null);
  return {
    run_id: run.runId,
    run_name: run.runName,
    experiment: names.get(run.experimentId) ?? null,
    experiment_id: run.experimentId,
    status: run.status,
    ...(run.lifecycleStage === 'deleted' ? { deleted: true } : {}),
    user: run.tags.get('mlflow.user') ?? (run.userId || null),
    started: isoTime(run.startTime),
    ended: isoTime(run.endTime),
    params: record(run.params),
    metrics: metricRecord(run.metrics),
    tags: record(run.tags),
    models: await modelUris(tracking, run),
  };
}

/** A store of files that does not answer does not keep anybody from seeing the run. */
async function filesOf(
  world: World,
  options: StoreOptions,
  tracking: TrackingStore,
  run: Run,
): Promise<readonly ArtifactDocument[] | null> {
  const namedBy = { store: tracking, what: `run ${run.runId}`, to: 'read' } as const;
  try {
    const files = await artifactsAt({ world, options, tracking }, run.artifactUri, namedBy);
    return await listTree(files, '', { signal: world.signal });
  } catch (error) {
    world.signal.throwIfAborted();
    world.warn(`the files of the run cannot be listed: ${(error as Error).message}`);
    return null;
  }
}

export async function listRuns(world: World, request: RunsRequest): Promise<RunsDocument> {
  const stores = existingStores(world, request);
  try {
    const tracking = await stores.tracking();
    const tracking_uri = tracking.uri;
    const names = new Map<string, string | null>();
    if (request.runId !== undefined) {
      const run = await requireRun(tracking, request.runId);
      const artifacts = await filesOf(world, request, tracking, run);
      return { runs: [{ ...(await documentOf(tracking, run, names)), artifacts }], more: false, tracking_uri };
    }
    const { ids } = await experimentIdsOf(world, tracking, request);
    if (ids.length === 0) return { runs: [], more: false, tracking_uri };
    const { items, more } = await paged('runs', request.max ?? DEFAULT_MAX, (page) =>
      tracking.searchRuns({
        ...page,
        experimentIds: ids,
        orderBy: request.orderBy ?? ['attributes.start_time DESC'],
        ...(request.filter === undefined ? {} : { filter: request.filter }),
      }),
    );
    const runs: RunDocument[] = [];
    for (const run of items) runs.push(await documentOf(tracking, run, names));
    return { runs, more, tracking_uri };
  } finally {
    await stores.close();
  }
}
