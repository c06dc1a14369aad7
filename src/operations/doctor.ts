// Turns what mlctl would use here into the answer of `doctor`: settings with their source, and checks; with `repair`, the store is repaired first.
import { dirname } from 'node:path';
import { type Check, checkDocument } from '../checks/check.js';
import { judgeArtifacts } from '../checks/doctor/artifacts.js';
import { judgeLeftovers } from '../checks/doctor/leftovers.js';
import { judgeNode } from '../checks/doctor/node.js';
import { judgeRegistry } from '../checks/doctor/registry.js';
import type { DoctorRequest } from '../checks/doctor/request.js';
import { judgeRuntime } from '../checks/doctor/runtime.js';
import { judgeS3 } from '../checks/doctor/s3.js';
import { judgeServer, withShortWaits } from '../checks/doctor/server.js';
import { doctorSettings, type SettingDocument } from '../checks/doctor/settings.js';
import { judgeSignIn, storedSignIn } from '../checks/doctor/sign-in.js';
import { judgeSpace } from '../checks/doctor/space.js';
import { judgeFile, type RepairDocument, repairFile, storeFile } from '../checks/doctor/store.js';
import { judgeVersions, unreadVersions } from '../checks/doctor/versions.js';
import { DOCTOR_WORDS } from '../checks/doctor-words.js';
import type { DoctorCheckDocument, DoctorCheckName } from '../documents/check.js';
import { MlctlError } from '../errors/error.js';
import { type Sweep, sweepScratch } from '../files/scratch-folder.js';
import { sweepTemporaryFiles } from '../files/sweep-temporary-files.js';
import { cacheFolder, sweepCache } from '../loader/fetch-package.js';
import { endLeftRuns } from '../runs/end-left-runs.js';
import { findLeftRuns } from '../runs/find-left-runs.js';
import { existingStores, trackingIfThere } from '../session/stores.js';
import { readSetting } from '../settings/read-setting.js';
import { plural } from '../text/numbers.js';
import type { World } from '../world.js';

/** What `mlctl doctor --json` prints. */
export interface DoctorDocument {
  readonly settings: readonly SettingDocument[];
  readonly checks: readonly DoctorCheckDocument[];
  readonly repair: RepairDocument | null;
}

/** In display order; null if there is nothing to check. */
type Found = readonly (readonly [DoctorCheckName, Check | null])[];

/** What `repair` removes beside the runs that it ends; returns how much there is. */
async function sweep(world: World, file: string, how: Sweep): Promise<number> {
  const beside = sweepTemporaryFiles(dirname(file), how, 0);
  return beside + sweepScratch(undefined, undefined, how) + (await sweepCache(world, how));
}

/** What an intact embedded store holds: a registry, or the one that is configured separately, and what killed processes left. */
async function judgeContent(world: World, request: DoctorRequest, file: string): Promise<Found> {
  const stores = existingStores(withShortWaits(world), request);
  try {
    const left = async () => (await findLeftRuns(await stores.tracking(), world.now())).map(({ runId }) => runId);
    return [
      ['leftovers', await judgeLeftovers(left, () => sweep(world, file, 'count'))],
      ['registry', await judgeRegistry(world, stores)],
      ['artifacts', await judgeArtifacts(world, stores, request)],
    ];
  } finally {
    await stores.close();
  }
}

/** What keeps the runs and their files: a local file, or a server with its clock, its registry and its artifact store. */
async function judgeStores(world: World, request: DoctorRequest, file: string | null): Promise<Found> {
  const uri = request.trackingUri ?? readSetting(world.env, 'MLFLOW_TRACKING_URI');
  const signedInAt = file === null ? uri : (request.registryUri ?? readSetting(world.env, 'MLFLOW_REGISTRY_URI'));
  const before: Found = [
    ['s3', await judgeS3(world)],
    ['sign-in', await judgeSignIn(world, signedInAt)],
  ];
  if (file !== null) {
    const store = await judgeFile(world, file);
    return [...before, ['store', store], ...(store.status === 'pass' ? await judgeContent(world, request, file) : [])];
  }
  const { store, clock, registry, artifacts } = await judgeServer(world, request, uri ?? '');
  return [...before, ['store', store], ['clock', clock], ['registry', registry], ['artifacts', artifacts]];
}

/** The file first; then what killed processes left in it and beside it. */
async function repairAll(world: World, request: DoctorRequest, file: string): Promise<RepairDocument> {
  const repair = await repairFile(world, file);
  const swept = await sweep(world, file, 'remove');
  const stores = existingStores(world, request);
  try {
    // Where there is no store, nothing is left in it.
    const tracking = await trackingIfThere(stores);
    const ended = tracking === null ? [] : await endLeftRuns(world, tracking);
    const remarks = ended.map((id) => `run ${id} was left as RUNNING by a process that was killed; it is KILLED now`);
    if (swept > 0)
      remarks.push(
        `removed what killed processes left: ${plural(swept, 'temporary file or folder', 'temporary files or folders')}`,
      );
    const action = repair.action === 'none' && ended.length > 0 ? 'ended_runs' : repair.action;
    return { ...repair, action, remarks: [...repair.remarks, ...remarks] };
  } finally {
    await stores.close();
  }
}

/** The files of all registered versions; null where the stores did not answer. */
async function judgeFiles(world: World, request: DoctorRequest, stores: Found): Promise<Check | null> {
  const answers = stores.some(([name, check]) => name === 'registry' && check !== null && check.status !== 'fail');
  if (!answers) return null;
  if (request.verify !== true) return unreadVersions;
  const opened = existingStores(world, request);
  try {
    return await judgeVersions(world, opened, request);
  } finally {
    await opened.close();
  }
}

export async function doctor(world: World, request: DoctorRequest): Promise<DoctorDocument> {
  const file = storeFile(world, request);
  if (request.repair && file === null)
    throw new MlctlError('USAGE', 'only an embedded store can be repaired, but the runs are on a server', {
      hint: 'leave out --repair, or name a file: --tracking-uri sqlite:///mlflow.db',
    });
  const repair = request.repair && file !== null ? await repairAll(world, request, file) : null;
  const stores = await judgeStores(world, request, file);
  const found: Found = [
    ['node', judgeNode()],
    ['runtime', await judgeRuntime()],
    ...stores,
    ['versions', await judgeFiles(world, request, stores)],
    ['disk', await judgeSpace(world.cwd, null)],
    ['cache', await judgeSpace(cacheFolder(world), 'MLCTL_CACHE_DIR')],
  ];
  const checks = found.flatMap(([name, check]) => (check === null ? [] : [checkDocument(name, check, DOCTOR_WORDS)]));
  const servers = [
    request.trackingUri,
    request.registryUri,
    readSetting(world.env, 'MLFLOW_TRACKING_URI'),
    readSetting(world.env, 'MLFLOW_REGISTRY_URI'),
  ];
  return { settings: doctorSettings(world, request, await storedSignIn(world, servers)), checks, repair };
}
