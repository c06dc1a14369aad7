// The run that a model is logged into: a new one, or one that is named; and the end of one that did not become whole.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MlctlError } from '../errors/error.js';
import { experimentToWrite } from '../session/experiment.js';
import type { StoreOptions, Stores } from '../session/stores.js';
import { userName } from '../session/user-name.js';
import { printable } from '../text/printable.js';
import type { Experiment, Run, TrackingStore } from '../tracking/store.js';
import type { World } from '../world.js';
import { sourceTags } from './source-tags.js';

/** For how long a server may still be carrying out a call whose answer nobody waited for. */
const UNSEEN_MS = 2000;
const LOOK_EVERY_MS = 200;

export interface RunRequest {
  /** Where neither flag nor environment name one. */
  readonly experiment?: string;
  /** Left out: made up from the time. */
  readonly runName?: string;
  /** Log into this run instead of a new one; its status is left alone. */
  readonly existingRunId?: string;
  /** `mlflow.source.name`. */
  readonly sourceName: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** Time for putting things in order after the command was stopped: the person who pressed Ctrl-C waits 5 s, a deadline is one. */
export function cleanUpMs(world: World): number {
  const code = world.signal.aborted ? (world.signal.reason as { code?: string } | undefined)?.code : undefined;
  return code === 'DEADLINE_PASSED' ? 1300 : 4000;
}

/** KILLED where the person or the system stopped the command, FAILED for everything else. */
export function endStatus(world: World): 'KILLED' | 'FAILED' {
  const code = world.signal.aborted ? (world.signal.reason as { code?: string } | undefined)?.code : undefined;
  return code === 'INTERRUPTED' || code === 'TERMINATED' ? 'KILLED' : 'FAILED';
}

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
  if (tracking.kind !== 'rest') return look();
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
async function closeUnseenRun(
  world: World,
  stores: Stores,
  experiment: Experiment,
  requestId: string,
): Promise<boolean> {
  const signal = AbortSignal.timeout(cleanUpMs(world));
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

/** What the command ends with: once it was told to stop, whatever fell over fell over because of that. */
export function reasonOf({ signal }: World, error: unknown): unknown {
  const bug = error instanceof MlctlError && error.exitCode === 70;
  return signal.aborted && signal.reason instanceof MlctlError && !bug ? signal.reason : error;
}

/** The same error, saying that a run may have been left, and how to find it. */
function unsureOfRun(world: World, thrown: unknown, requestId: string): unknown {
  const error = reasonOf(world, thrown);
  if (!(error instanceof MlctlError)) return error;
  return new MlctlError(
    error.code,
    `${error.message}; whether the run was made is not known, for the server did not answer: if it was, it is left as RUNNING`,
    {
      hint: `${error.hint === undefined ? '' : `${error.hint}; then `}mlctl runs --filter "tags.\`mlctl.request_id\` = '${requestId}'" shows it`,
      details: { ...error.details, request_id: requestId },
      cause: error,
    },
  );
}

/** Whether the store may have carried out a call that ended in this error. */
export const outcomeUnknown = (world: World, error: unknown): boolean =>
  world.signal.aborted || !(error instanceof MlctlError) || error.exitCode === 6;

async function existingRun(tracking: TrackingStore, runId: string): Promise<{ run: Run; experiment: Experiment }> {
  const run = await tracking.getRun(runId);
  if (run === null || run.lifecycleStage === 'deleted') {
    throw new MlctlError(
      'RUN_NOT_FOUND',
      `${printable(tracking.uri)} has no ${run ? 'active ' : ''}run "${printable(runId, 80)}" to log into`,
      { hint: 'See `mlctl runs`, or leave --run-id out.' },
    );
  }
  const experiment = await tracking.getExperiment(run.experimentId);
  if (experiment === null) throw new MlctlError('EXPERIMENT_NOT_FOUND', `The experiment of run ${run.runId} is gone`);
  return { run, experiment };
}

export async function openRun(
  world: World,
  stores: Stores,
  options: StoreOptions,
  request: RunRequest,
): Promise<{ run: Run; experiment: Experiment; isNew: boolean }> {
  const tracking = await stores.tracking();
  if (request.existingRunId !== undefined)
    return { ...(await existingRun(tracking, request.existingRunId)), isNew: false };
  const experiment = await experimentToWrite(world, tracking, options, request.experiment);
  const startTime = world.now();
  const stamp = new Date(startTime).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const requestId = randomUUID();
  const wanted = {
    experimentId: experiment.experimentId,
    runName: request.runName ?? `mlctl-${stamp}`,
    userId: userName(world),
    startTime,
    tags: new Map([...(await sourceTags(world, request.sourceName)), ...request.tags]),
    requestId,
  };
  world.signal.throwIfAborted();
  try {
    return { run: await tracking.createRun(wanted), experiment, isNew: true };
  } catch (error) {
    if (!outcomeUnknown(world, error) || (await closeUnseenRun(world, stores, experiment, requestId))) throw error;
    throw unsureOfRun(world, error, requestId);
  }
}
