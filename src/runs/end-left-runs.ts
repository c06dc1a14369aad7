// Ends the runs of mlctl that a killed process left as RUNNING in a store of this machine, and removes its temporary files.

import { localFolderOf } from '../artifacts/open.js';
import { openFileArtifacts } from '../artifacts/open-file-artifacts.js';
import { removeTemporaryFiles } from '../files/remove-temporary-files.js';
import { REQUEST_ID_TAG } from '../tracking/limits.js';
import { pagedAll } from '../tracking/paged.js';
import type { LoggedModel, Run, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import { hasEnded, PROCESS_TAG } from './process-mark.js';

/** Of a process that nobody can ask after, such as one of another machine. */
const OLD_MS = 24 * 3600 * 1000;

/** Runs of other clients have no such tags; of those that mlctl made, one whose process may still run is left alone. */
function isLeft({ status, tags, startTime }: Run, now: number): boolean {
  if (status !== 'RUNNING' || !tags.has('mlctl.version') || !tags.has(REQUEST_ID_TAG)) return false;
  return hasEnded(tags.get(PROCESS_TAG)) ?? now - startTime > OLD_MS;
}

/** The ids of the runs that were ended. */
export async function endLeftRuns(world: World, tracking: TrackingStore): Promise<readonly string[]> {
  const experiments = await pagedAll('experiments', (page) => tracking.searchExperiments(page));
  const ended: string[] = [];
  for (const { experimentId } of experiments) {
    const search = { experimentIds: [experimentId], filter: "attributes.status = 'RUNNING'" };
    const running = await pagedAll('runs', (page) => tracking.searchRuns({ ...search, ...page }));
    for (const run of running.filter((one) => isLeft(one, world.now()))) {
      const models = await tracking.searchLoggedModels({ experimentIds: [experimentId], sourceRunId: run.runId });
      for (const model of models) await endModel(world, tracking, model);
      clean(world, run.artifactUri);
      await tracking.updateRun(run.runId, { status: 'KILLED', endTime: world.now() });
      ended.push(run.runId);
    }
  }
  return ended;
}

/** What is not READY does not load: without MLmodel it cannot be taken for a whole one either. */
async function endModel(world: World, tracking: TrackingStore, model: LoggedModel): Promise<void> {
  clean(world, model.artifactUri);
  if (model.status !== 'PENDING') return;
  const folder = localFolderOf(model.artifactUri, world.cwd);
  if (folder !== null) await openFileArtifacts(folder).remove('MLmodel');
  await tracking.finalizeLoggedModel(model.modelId, 'FAILED');
}

function clean(world: World, location: string): void {
  const folder = localFolderOf(location, world.cwd);
  if (folder !== null) removeTemporaryFiles(folder);
}
