// Turns a call whose answer was lost into what the server made of it: it is found by its request id, and a run is ended.
import { setTimeout as pause } from 'node:timers/promises';
import { stoppingTimes } from '../session/stopping-times.js';
import type { Stores } from '../session/stores.js';
import type { Experiment, TrackingStore } from '../tracking/tracking-store.js';
import { monotonicMs, type World } from '../world.js';
import { endStatus } from './stop-reason.js';

/** How long a server may still carry out a call whose answer is no longer awaited. */
const UNSEEN_MS = 2000;
const LOOK_EVERY_MS = 200;

/**
 * Looks until it finds something, or until nothing can appear any more. If the command was stopped, the server may still be at
 * work, so all of the remaining time is spent on looking.
 */
export async function lookForUnseen<T>(
  world: World,
  tracking: TrackingStore,
  look: () => Promise<readonly T[]>,
  signal: AbortSignal,
): Promise<readonly T[]> {
  // A local file does not change after the call on it has ended.
  if (!tracking.isRemote) return look();
  const from = monotonicMs();
  for (;;) {
    const found = await look();
    if (found.length > 0 || (!world.signal.aborted && monotonicMs() - from > UNSEEN_MS)) return found;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

/**
 * A run whose creation was answered by an error may exist all the same, or appear later. It is found by its request id and ended.
 * False if that could not be settled.
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
    // Still unreachable, or too slow for the time left: nothing more can be done here.
    return false;
  } finally {
    await fresh.close().catch(() => {});
  }
}
