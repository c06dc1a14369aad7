// `doctor`: settings with their source, Node, the runtime, the sign-in, the store, free space; with `repair`, the store made whole first.

import type { DoctorCheckDocument } from '../checks/doctor/check.js';
import { type Check, failed, passed } from '../checks/doctor/check.js';
import { judgeRegistry } from '../checks/doctor/registry.js';
import type { DoctorRequest } from '../checks/doctor/request.js';
import { judgeS3 } from '../checks/doctor/s3.js';
import { impatient, judgeServer } from '../checks/doctor/server.js';
import type { SettingDocument } from '../checks/doctor/settings.js';
import { doctorSettings } from '../checks/doctor/settings.js';
import { judgeSignIn, storedSignIn } from '../checks/doctor/sign-in.js';
import { judgeSpace } from '../checks/doctor/space.js';
import { judgeFile, type RepairDocument, repairFile, storeFile } from '../checks/doctor/store.js';
import { MlctlError } from '../errors/error.js';
import { cacheFolder } from '../loader/fetch-package.js';
import { lazyStores } from '../session/stores.js';
import { OLDEST_NODE } from '../version.js';
import type { World } from '../world.js';

export interface DoctorDocument {
  readonly settings: readonly SettingDocument[];
  readonly checks: readonly DoctorCheckDocument[];
  readonly repair: RepairDocument | null;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const [i, part] of left!.entries()) if (part !== right![i]) return part - right![i]!;
  return 0;
}

function judgeNode(): Check {
  const details = { node: process.versions.node, platform: process.platform, arch: process.arch };
  const shown = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  if (compareVersions(process.versions.node, OLDEST_NODE) >= 0) return passed(shown, details);
  return {
    status: 'fail',
    message: `${shown} is too old`,
    hint: `install Node ${OLDEST_NODE} or newer`,
    details,
    exit_code: 2,
  };
}

async function judgeRuntime(): Promise<Check> {
  try {
    const { loadRuntime } = await import('../inference/runtime.js');
    const { versions } = loadRuntime().env;
    return passed(`ONNX Runtime ${versions.node ?? versions.common}`, {
      onnxruntime: versions.node ?? versions.common,
    });
  } catch (error) {
    return failed(error);
  }
}

/** The registry of an embedded store, or the one that is named beside it. */
async function judgeOwnRegistry(world: World, request: DoctorRequest): Promise<Check> {
  const stores = lazyStores(impatient(world), request);
  try {
    return await judgeRegistry(world, stores);
  } finally {
    await stores.close();
  }
}

/** What keeps the runs and their files: a file here, or a server, its clock, its registry and its artifact store. */
async function judgeStores(world: World, request: DoctorRequest, file: string | null): Promise<DoctorCheckDocument[]> {
  const s3 = judgeS3(world);
  const checks: DoctorCheckDocument[] = s3 === null ? [] : [{ name: 's3', ...s3 }];
  const uri = request.trackingUri ?? world.env['MLFLOW_TRACKING_URI'];
  const signIn = await judgeSignIn(
    world,
    file === null ? uri : (request.registryUri ?? world.env['MLFLOW_REGISTRY_URI']),
  );
  if (signIn !== null) checks.push({ name: 'sign-in', ...signIn });
  if (file !== null) {
    const store = await judgeFile(world, file);
    const registry = store.status === 'pass' ? await judgeOwnRegistry(world, request) : null;
    return [
      ...checks,
      { name: 'store', ...store },
      ...(registry === null ? [] : [{ name: 'registry' as const, ...registry }]),
    ];
  }
  const { store, clock, registry, artifacts } = await judgeServer(world, request, uri ?? '');
  return [
    ...checks,
    { name: 'store', ...store },
    { name: 'clock', ...clock },
    ...(registry === null ? [] : [{ name: 'registry' as const, ...registry }]),
    { name: 'artifacts', ...artifacts },
  ];
}

export async function doctor(world: World, request: DoctorRequest): Promise<DoctorDocument> {
  const file = storeFile(world, request);
  if (request.repair && file === null)
    throw new MlctlError('USAGE', 'only an embedded store can be repaired, and a server keeps the runs', {
      hint: 'leave out --repair, or name a file: --tracking-uri sqlite:///mlflow.db',
    });
  const repair = request.repair && file !== null ? await repairFile(world, file) : null;
  const checks: DoctorCheckDocument[] = [
    { name: 'node', ...judgeNode() },
    { name: 'runtime', ...(await judgeRuntime()) },
    ...(await judgeStores(world, request, file)),
    { name: 'disk', ...(await judgeSpace(world.cwd, null)) },
    { name: 'cache', ...(await judgeSpace(cacheFolder(world), 'MLCTL_CACHE_DIR')) },
  ];
  const { env } = world;
  const servers = [request.trackingUri, request.registryUri, env['MLFLOW_TRACKING_URI'], env['MLFLOW_REGISTRY_URI']];
  return { settings: doctorSettings(world, request, await storedSignIn(world, servers)), checks, repair };
}
