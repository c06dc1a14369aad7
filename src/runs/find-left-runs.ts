// Turns a store of this machine into the runs of mlctl that a killed process left in it as RUNNING.
import { REQUEST_ID_TAG } from '../tracking/limits.js';
import { pagedAll } from '../tracking/paged.js';
import type { Run, TrackingStore } from '../tracking/tracking-store.js';
import { hasEnded, PROCESS_TAG } from './process-mark.js';

/** Of a process that nobody can ask after, such as one of another machine. */
const OLD_MS = 24 * 3600 * 1000;

/** Runs of other clients have no such tags; of those that mlctl made, one whose process may still run is left alone. */
function isLeft({ status, tags, startTime }: Run, now: number): boolean {
  if (status !== 'RUNNING' || !tags.has('mlctl.version') || !tags.has(REQUEST_ID_TAG)) return false;
  return hasEnded(tags.get(PROCESS_TAG)) ?? now - startTime > OLD_MS;
}

export async function findLeftRuns(tracking: TrackingStore, now: number): Promise<readonly Run[]> {
  const experiments = await pagedAll('experiments', (page) => tracking.searchExperiments(page));
  const left: Run[] = [];
  for (const { experimentId } of experiments) {
    const search = { experimentIds: [experimentId], filter: "attributes.status = 'RUNNING'" };
    const running = await pagedAll('runs', (page) => tracking.searchRuns({ ...search, ...page }));
    left.push(...running.filter((run) => isLeft(run, now)));
  }
  return left;
}
