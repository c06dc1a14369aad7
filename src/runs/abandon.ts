// Turns a run that failed or was stopped into FAILED or KILLED, and removes what would make its unfinished model load.

import type { ArtifactStore } from '../artifacts/store.js';
import { MlctlError } from '../errors/error.js';
import { stoppingTimes } from '../session/stopping-times.js';
import type { Stores } from '../session/stores.js';
import { REQUEST_ID_TAG } from '../tracking/limits.js';
import type { LoggedModel, Run, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import { endStatus, reasonOf } from './stop-reason.js';
import { lookForUnseen } from './unseen.js';

/** How far a run has come. */
export interface Open {
  readonly run: Run;
  readonly isNew: boolean;
  /** The tag by which the requested logged model is found again; it may or may not exist. */
  modelMark: string | null;
  model: LoggedModel | null;
  package: { store: ArtifactStore; path: string } | null;
  /** READY was requested; the server may or may not have received it. */
  maybeReady: boolean;
  committed: boolean;
}

const quietly = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** The model, or the one whose creation was never answered. */
async function modelOf(
  world: World,
  tracking: TrackingStore,
  open: Open,
  signal: AbortSignal,
): Promise<LoggedModel | null> {
  if (open.model !== null || open.modelMark === null) return open.model;
  const { experimentId, runId } = open.run;
  // The run may be an older one that has other models, or is getting one right now.
  const look = async () =>
    (await tracking.searchLoggedModels({ experimentIds: [experimentId], sourceRunId: runId })).filter(
      ({ tags }) => tags.get(REQUEST_ID_TAG) === open.modelMark,
    );
  const [found] = await lookForUnseen(world, tracking, look, signal);
  return found ?? null;
}

/**
 * Ends what was begun. Never throws; false if the run could not be ended because the server does not answer. A model that may be
 * READY loses its MLmodel only once it is FAILED, because a complete READY model is better than an incomplete one.
 */
export async function abandon(world: World, stores: Stores, open: Open): Promise<boolean> {
  const signal = AbortSignal.timeout(stoppingTimes(world.signal).run);
  const fresh = stores.withSignal(signal);
  try {
    const tracking = await fresh.tracking();
    const endRun = async (): Promise<boolean> =>
      !open.isNew || quietly(tracking.updateRun(open.run.runId, { status: endStatus(world), endTime: world.now() }));
    const endModel = async (): Promise<void> => {
      const model = await modelOf(world, tracking, open, signal);
      const failed = model === null || (await quietly(tracking.finalizeLoggedModel(model.modelId, 'FAILED')));
      if (open.package && (failed || !open.maybeReady))
        await quietly(open.package.store.remove(open.package.path === '' ? 'MLmodel' : `${open.package.path}/MLmodel`));
    };
    // Both at once, so that a hanging artifact store does not keep the run from being ended.
    const [ended] = await Promise.all([endRun(), quietly(endModel())]);
    return ended;
  } catch {
    // The tracking store does not answer, so the run stays RUNNING there.
    return false;
  } finally {
    await fresh.close().catch(() => {});
  }
}

/** The same error, saying that the run could not be ended. */
export function explainLeftRunning(world: World, thrown: unknown, run: Run): unknown {
  const error = reasonOf(world, thrown);
  if (!(error instanceof MlctlError)) return error;
  return error.saying(`${error.message}; run ${run.runId} is left as RUNNING, because the server did not answer`, {
    hint: error.thenHint(`mlctl runs ${run.runId} shows it; running the command again makes a new run`),
    details: { left_running: run.runId },
  });
}
