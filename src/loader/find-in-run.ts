// Turns `runs:/<run>/<path>` into a model: the logged model of that name and the run's own artifact folder are both tried, as in
// Python.
import { noModelAt } from '../registry/no-model-at.js';
import { artifactsAt } from '../session/artifacts-at.js';
import { requireRun } from '../session/find-run.js';
import type { StoreOptions } from '../session/stores.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import type { LoggedModel, Run, TrackingStore } from '../tracking/tracking-store.js';
import type { ModelUri } from '../uri/types.js';
import type { World } from '../world.js';
import type { Place } from './place.js';
import { MODEL_FOLDER } from './recorded-digest.js';

type RunUri = Extract<ModelUri, { kind: 'run' }>;

async function loggedModelsOf(tracking: TrackingStore, run: Run, name?: string): Promise<readonly LoggedModel[]> {
  if (!(await tracking.hasLoggedModels())) return [];
  const found = await tracking.searchLoggedModels({
    experimentIds: [run.experimentId],
    sourceRunId: run.runId,
    ...(name === undefined ? {} : { name }),
  });
  // The port promises the newest first. The filter is applied again here because servers differ in what they filter by.
  return found.filter((model) => model.sourceRunId === run.runId && (name === undefined || model.name === name));
}

export async function findInRun(
  world: World,
  tracking: TrackingStore,
  options: StoreOptions,
  uri: string,
  parsed: RunUri,
): Promise<Place> {
  const run = await requireRun(tracking, parsed.runId, `, so "${printable(uri, 150)}" does not name a model`);
  const [first = '', ...rest] = parsed.path.split('/');
  const models = await loggedModelsOf(tracking, run, first);
  const ready = models.find((model) => model.status === 'READY');
  const base = { runId: run.runId, version: null, run, ownFolder: parsed.path === MODEL_FOLDER };
  if (ready) return { ...base, location: ready.artifactUri, path: rest.join('/'), model: ready };

  const files = await artifactsAt({ world, options, tracking }, run.artifactUri, {
    store: tracking,
    what: `run ${run.runId}`,
    to: 'read',
  });
  const inFolder = await files.list(parsed.path);
  if (inFolder.some((entry) => entry.path === `${parsed.path}/MLmodel`))
    return { ...base, location: run.artifactUri, path: parsed.path, model: null };

  const unfinished = models[0];
  if (unfinished)
    throw noModelAt(
      uri,
      `the upload of ${unfinished.modelId} never finished (status ${unfinished.status})`,
      'log the model again',
    );
  const names = [...new Set((await loggedModelsOf(tracking, run)).map((model) => model.name))];
  const folders = (await files.list('')).filter((entry) => entry.isDirectory).map((entry) => entry.path);
  const near = nearestNames(first, [...names, ...folders])[0];
  throw noModelAt(
    uri,
    `run ${run.runId} has ${names.length === 0 ? 'no logged model' : `the model${names.length === 1 ? '' : 's'} ${names.map((name) => `"${printable(name, 60)}"`).join(', ')}`}${
      inFolder.length > 0
        ? `; "${printable(parsed.path, 100)}" is there but holds no MLmodel`
        : folders.length > 0
          ? ` and the artifact folders ${folders
              .slice(0, 10)
              .map((name) => `"${printable(name, 60)}"`)
              .join(', ')}`
          : ''
    }`,
    names[0] !== undefined
      ? `use runs:/${run.runId}/${printable(near ?? names[0], 60)}`
      : 'name a run that logged a model; see `mlctl runs`',
    {
      models: names.map((name) => printable(name, 100)),
      folders: folders.slice(0, 20).map((name) => printable(name, 100)),
    },
  );
}
