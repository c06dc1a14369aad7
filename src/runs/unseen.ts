// Turns a call whose answer was lost into what the server made of it: found by its request id, and ended where it is a run.
import { setTimeout as pause } from 'node:timers/promises';
import { stoppingTimes } from '../session/stopping-times.js';
import type { Stores } from '../session/stores.js';
import type { Experiment, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import { endStatus } from './stop-reason.js';

/** For how long a server may still be carrying out a call whose answer nobody waited for. */
const UNSEEN_MS = 2000;
const LOOK_EVERY_MS = 200;

/**
 * Looks until it finds something, or nothing can come any more. Where the command was stopped nobody knows how far the server
 * is: all of the time that is left is spent on looking.
 */
export async function lookForUnseen<T>(
  world: World,
  tracking: TrackingStore,
  look: () => Promise<readonly T[]>,
  signal: AbortSignal,
): Promise<readonly T[]> {
  // A file of this machine is at rest once its call ended.
  if (!tracking.isRemote) return look();
  const from = performance.now();
  for (;;) {
    const found = await look();
    if (found.length > 0 || (!world.signal.aborted && performance.now() - from > UNSEEN_MS)) return found;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

/**
 * A run whose creation was answered by an error may exist all the same, or come to be: it is found by its request id and ended.
 * False where that is not known to the end.
 */
export async function closeUnseenRun(
  world: World,
  stores: Stores,
  experiment: Experiment,
  requestId: string,
): Promise<boolean> {
  const signal = AbortSignal.timeout(stoppingTimes(world.signal).run);
  const fresh = stores.withSignal(signal);
  try {
    const tracking = await fresh.tracking();
    const search = { experimentIds: [experiment.experimentId], filter: `tags.\`mlctl.request_id\` = '${requestId}'` };
    const runs = await lookForUnseen(world, tracking, async () => (await tracking.searchRuns(search)).items, signal);
    for (const run of runs) await tracking.updateRun(run.runId, { status: endStatus(world), endTime: world.now() });
    return true;
  } catch {
    // Unreachable still, or slower than there is time: nobody here can change it.
    return false;
  } finally {
    await fresh.close().catch(() => {});
  }
}
