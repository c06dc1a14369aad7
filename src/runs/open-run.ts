// Turns a request into the run that a model is logged into: a new one, or one that is named.
import { randomUUID } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import { noteOf } from '../lineage/note-of.js';
import type { Lineage } from '../lineage/types.js';
import { experimentToWrite } from '../session/experiment.js';
import { findRun } from '../session/find-run.js';
import type { StoreOptions, Stores } from '../session/stores.js';
import { userName } from '../session/user-name.js';
import { printable } from '../text/printable.js';
import { NOTE_TAG } from '../tracking/note-tag.js';
import type { Experiment, Run, TrackingStore } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import { sourceTags } from './source-tags.js';
import { outcomeUnknown, reasonOf } from './stop-reason.js';
import { closeUnseenRun } from './unseen.js';

export interface RunRequest {
  /** Used if neither the flag nor the environment names one. */
  readonly experiment?: string;
  /** Made from the time if left out. */
  readonly runName?: string;
  /** Log into this run instead of a new one; its status is not changed. */
  readonly existingRunId?: string;
  /** Who logs what from where. */
  readonly lineage: Lineage;
  readonly tags: ReadonlyMap<string, string>;
  /** Of the model, for the note of the run. */
  readonly metrics: ReadonlyMap<string, number>;
}

/** The same error, saying that a run may have been left behind, and how to find it. */
function unsureOfRun(world: World, thrown: unknown, requestId: string): unknown {
  const error = reasonOf(world, thrown);
  if (!(error instanceof MlctlError)) return error;
  return error.saying(
    `${error.message}; the server did not answer, so the run may exist; if it does, it is left as RUNNING`,
    {
      hint: error.thenHint(`mlctl runs --filter "tags.\`mlctl.request_id\` = '${requestId}'" shows it`),
      details: { request_id: requestId },
    },
  );
}

async function existingRun(tracking: TrackingStore, runId: string): Promise<{ run: Run; experiment: Experiment }> {
  const run = await findRun(tracking, runId);
  if (run === null || run.lifecycleStage === 'deleted') {
    throw new MlctlError(
      'RUN_NOT_FOUND',
      `${printable(tracking.uri)} has no ${run ? 'active ' : ''}run "${printable(runId, 80)}" to log into`,
      { hint: 'see `mlctl runs`, or leave --run-id out' },
    );
  }
  const experiment = await tracking.getExperiment(run.experimentId);
  if (experiment === null) throw new MlctlError('EXPERIMENT_NOT_FOUND', `the experiment of run ${run.runId} is gone`);
  return { run, experiment };
}

/** MLflow takes no metric of such a time, so the run could only fail. */
function refuseTimeBefore1970(now: number): void {
  if (now < 0)
    throw new MlctlError(
      'CONFIG_INVALID',
      `the clock of this machine says ${new Date(now).toISOString()}, and MLflow stores no time before 1970`,
      { hint: 'set the clock: timedatectl set-ntp true' },
    );
}

export async function openRun(
  world: World,
  stores: Stores,
  options: StoreOptions,
  request: RunRequest,
): Promise<{ run: Run; experiment: Experiment; isNew: boolean }> {
  refuseTimeBefore1970(world.now());
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
    tags: new Map([
      ...sourceTags(request.lineage),
      [NOTE_TAG, noteOf(request.lineage, request.metrics)],
      ...request.tags,
    ]),
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
