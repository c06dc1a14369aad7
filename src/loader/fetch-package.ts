// Turns a resolved model into a verified package on this machine: local files are used in place, others go through the cache.
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Sweep } from '../files/scratch-folder.js';
import { type ModelPackage, readPackage } from '../model/read-package.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import type { ResolvedModel } from './resolve-model.js';

export interface FetchedPackage extends ModelPackage {
  readonly verified: 'registry' | 'run' | 'none';
}

/** MLCTL_CACHE_DIR, else XDG_CACHE_HOME/mlctl, else ~/.cache/mlctl (on Windows %LOCALAPPDATA%\mlctl\cache). */
export function cacheFolder(world: World): string {
  const { env } = world;
  const named = readSetting(env, 'MLCTL_CACHE_DIR');
  if (named !== undefined) return named;
  const shared = readSetting(env, 'XDG_CACHE_HOME');
  if (shared !== undefined) return join(shared, 'mlctl');
  const local = process.platform === 'win32' ? readSetting(env, 'LOCALAPPDATA') : undefined;
  if (local !== undefined) return join(local, 'mlctl', 'cache');
  return join(readSetting(env, 'HOME') ?? homedir(), '.cache', 'mlctl');
}

/** Removes, or only counts, what killed processes were fetching; returns how much there was. */
export async function sweepCache(world: World, how: Sweep): Promise<number> {
  const { sweepFetching } = await import('../artifacts/through-cache.js');
  return sweepFetching(cacheFolder(world), world.now(), how);
}

/**
 * Where the files are: in place if they are local, else in the cache. Throws INTEGRITY_MISMATCH if the bytes are not those
 * recorded.
 */
export async function fetchFolder(
  world: World,
  { files, path, recorded }: ResolvedModel,
): Promise<{ folder: string; digest: string | null }> {
  if (files.localRoot !== null) return { folder: join(files.localRoot, path), digest: null };
  const { throughCache } = await import('../artifacts/through-cache.js');
  const { downloadTree } = await import('../artifacts/transfer.js');
  return throughCache(cacheFolder(world), recorded?.package ?? null, world.now(), async (folder) => {
    const list = await downloadTree(files, path, folder, {
      signal: world.signal,
      progress: world.progress,
    });
    world.signal.throwIfAborted();
    return list;
  });
}

/** Throws INTEGRITY_MISMATCH before anything of the model is parsed, PACKAGE_INVALID, or what the store throws. */
export async function fetchPackage(world: World, resolved: ResolvedModel): Promise<FetchedPackage> {
  const { recorded } = resolved;
  const { folder, digest } = await fetchFolder(world, resolved);
  // The digest is computed again, so that the bytes that are parsed are the bytes that were compared.
  const expected = recorded ?? (digest === null ? null : { package: digest, payload: null });
  return { ...(await readPackage(folder, expected)), verified: recorded?.source ?? 'none' };
}
