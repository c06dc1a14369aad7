// Turns a resolved model into a verified package on this machine: local files are used in place, others go through the cache.
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Sweep } from '../files/scratch-folder.js';
import { changedPackage } from '../model/digest-package.js';
import { type ModelPackage, readPackage } from '../model/read-package.js';
import { noModelAt } from '../registry/no-model-at.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import { leaveOutNote } from './leave-out-note.js';
import type { ResolvedModel } from './resolve-model.js';
import { verifyPackage } from './verify-package.js';

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
 * Where the files are: in place if they are local, else in the cache. Throws MODEL_NOT_FOUND if there are none, and
 * INTEGRITY_MISMATCH if the bytes are not those recorded.
 */
export async function fetchFolder(
  world: World,
  resolved: ResolvedModel,
): Promise<{ folder: string; digest: string | null }> {
  const { files, path, recorded, document } = resolved;
  if (files.localRoot !== null) return { folder: join(files.localRoot, path), digest: null };
  const { throughCache } = await import('../artifacts/through-cache.js');
  const { downloadTree } = await import('../artifacts/transfer.js');
  return throughCache(
    cacheFolder(world),
    recorded?.package ?? null,
    world.now(),
    async (folder) => {
      const list = await downloadTree(files, path, folder, { signal: world.signal, progress: world.progress });
      world.signal.throwIfAborted();
      if (list.length === 0)
        throw noModelAt(
          resolved.uri,
          `there are no files at ${document.location}`,
          'check the path, or whether the files were deleted',
        );
      return leaveOutNote(world, resolved, folder, list);
    },
    async (found, digest) =>
      changedPackage(
        { package: digest, files: found },
        recorded ?? { package: digest, payload: null },
        resolved.uri,
        await resolved.loggedFiles(),
      ),
  );
}

/** Throws INTEGRITY_MISMATCH before anything of the model is parsed, PACKAGE_INVALID, or what the store throws. */
export async function fetchPackage(world: World, resolved: ResolvedModel): Promise<FetchedPackage> {
  const { recorded } = resolved;
  const { folder, digest } = await fetchFolder(world, resolved);
  // The digest is computed again, so that the bytes that are parsed are the bytes that were compared.
  const pkg = await readPackage(
    folder,
    async (found) => {
      await verifyPackage(world, resolved, found);
      if (digest !== null && found.package !== digest)
        throw changedPackage(found, { package: digest, payload: null }, resolved.uri, null);
    },
    digest === null ? folder : resolved.uri,
  );
  return { ...pkg, verified: recorded?.source ?? 'none' };
}
