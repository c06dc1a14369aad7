// Ends the runs of mlctl that a killed process left as RUNNING in a store of this machine, and removes its temporary files.
import { localFolderOf } from '../artifacts/open.js';
import { openFileArtifacts } from '../artifacts/open-file-artifacts.js';
import { sweepTemporaryFiles } from '../files/sweep-temporary-files.js';
import type { LoggedModel, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import { findLeftRuns } from './find-left-runs.js';

/** The ids of the runs that were ended. */
export async function endLeftRuns(world: World, tracking: TrackingStore): Promise<readonly string[]> {
  const left = await findLeftRuns(tracking, world.now());
  for (const { runId, experimentId, artifactUri } of left) {
    const models = await tracking.searchLoggedModels({ experimentIds: [experimentId], sourceRunId: runId });
    for (const model of models) await endModel(world, tracking, model);
    clean(world, artifactUri);
    await tracking.updateRun(runId, { status: 'KILLED', endTime: world.now() });
  }
  return left.map(({ runId }) => runId);
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
  if (folder !== null) sweepTemporaryFiles(folder);
}
