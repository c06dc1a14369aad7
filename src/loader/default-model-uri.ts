// Turns a missing URI into a model (contract §8.8): MODEL_URI, else the newest finished run that has a model.
import { MlctlError } from '../errors/error.js';
import { experimentIdsOf } from '../session/experiment.js';
import type { StoreOptions, Stores } from '../session/stores.js';
import { readSetting } from '../settings/read-setting.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import { PAGE_SIZES } from '../tracking/pages.js';
import type { Run, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';

/** Runs without a model are skipped, up to a limit. */
const MOST_RUNS = 5000;

/** The name under which `runs:/` finds a run's newest model; null if it has none. */
async function modelNameOf(tracking: TrackingStore, run: Run): Promise<string | null> {
  for (const output of [...run.modelOutputs].reverse()) {
    const model = await tracking.getLoggedModel(output.modelId);
    if (model?.status === 'READY' && model.sourceRunId === run.runId) return model.name;
  }
  // 2.x: the server keeps a list of what was logged in a tag.
  const history = run.tags.get('mlflow.log-model.history');
  if (history === undefined) return null;
  try {
    const last = (JSON.parse(history) as { artifact_path?: unknown }[]).at(-1)?.artifact_path;
    return typeof last === 'string' && last !== '' && !/^[a-z0-9+.-]+:/i.test(last) ? last : null;
  } catch {
    return null;
  }
}

export async function defaultModelUri(world: World, stores: Stores, options: StoreOptions): Promise<string> {
  const given = readSetting(world.env, 'MODEL_URI');
  if (given !== undefined && given.trim() !== '') {
    world.note(`model: ${printable(redactUri(given), 200)} (from MODEL_URI)`);
    return given;
  }
  const tracking = await stores.tracking();
  const { ids: experimentIds, named } = await experimentIdsOf(world, tracking, options);
  let pageToken: string | undefined;
  for (let seen = 0; seen < MOST_RUNS && experimentIds.length > 0; ) {
    const page = await tracking.searchRuns({
      experimentIds,
      filter: "attributes.status = 'FINISHED'",
      orderBy: ['attributes.start_time DESC'],
      maxResults: PAGE_SIZES.newestRuns,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    for (const run of page.items) {
      const name = await modelNameOf(tracking, run);
      if (name === null) continue;
      world.note(
        `model: runs:/${run.runId}/${printable(name, 100)} (the newest finished run with a model${named === null ? '' : ` in experiment ${printable(named, 100)}`}: ${printable(run.runName, 100)})`,
      );
      return `runs:/${run.runId}/${name}`;
    }
    seen += page.items.length;
    if (page.nextPageToken === null || page.items.length === 0) break;
    pageToken = page.nextPageToken;
  }
  throw new MlctlError(
    'MODEL_NOT_FOUND',
    `no URI was given, MODEL_URI is not set, and ${named === null ? printable(tracking.uri) : `experiment "${printable(named, 100)}"`} has no finished run with a model`,
    {
      hint: 'train one with `mlctl train`, or name a model: `mlctl models` lists them',
      details: { tracking_uri: printable(tracking.uri), experiment: named },
    },
  );
}
