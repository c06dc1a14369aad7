// Turns a resolved model into the lineage that its run recorded.
import { type ReadLineage, readLineage } from '../lineage/read-lineage.js';
import { artifactsAt } from '../session/artifacts-at.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';
import type { ResolvedModel } from './resolve-model.js';

/** null: no run is known, or it is gone. */
export async function readModelLineage(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
): Promise<ReadLineage | null> {
  const run = await resolved.run();
  if (run === null) return null;
  const { version, model } = await resolved.standing();
  const tracking = await resolved.stores.tracking();
  const files = await artifactsAt({ world, options, tracking }, run.artifactUri, {
    store: tracking,
    what: `run ${run.runId}`,
    to: 'read',
  });
  return readLineage(run, files, [version?.tags, model?.tags]);
}
