// Folders fetched from a remote store, kept on this machine under the digest of their content and shared by all processes.
// An entry is whole or absent (temp folder and rename), and is proven by its digest each time it is used: nothing torn, nothing poisoned.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { type DigestedFile, digestFolder, digestOfList } from '../files/digest-folder.js';
import { writeFailed } from '../files/write-atomically.js';
import { printable } from '../text/printable.js';

const DIGEST = /^sha256:([0-9a-f]{64})$/;
/** Temp folders older than this belong to processes that died. */
const STALE_MS = 24 * 3600 * 1000;

interface Cached {
  readonly folder: string;
  readonly digest: string;
  readonly hit: boolean;
}

function entryOf(cache: string, digest: string): string {
  const hex = DIGEST.exec(digest)?.[1];
  if (hex === undefined)
    throw new MlctlError('INTEGRITY_MISMATCH', `the recorded digest "${printable(digest, 100)}" is not a SHA-256`);
  return join(cache, 'packages', hex);
}

async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const facts = await lstat(path).catch(() => null);
    if (facts && now - facts.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** The entry of this digest, proven by reading it; null where there is none. A damaged entry is thrown away. */
async function findCached(cache: string, digest: string): Promise<string | null> {
  const entry = entryOf(cache, digest);
  if (!existsSync(entry)) return null;
  const found = await digestFolder(entry).catch(() => null);
  if (found?.digest === digest) return entry;
  await rm(entry, { recursive: true, force: true }).catch(() => {});
  return null;
}

/**
 * The folder of this content: from the cache, or filled by `fill` (which writes into an empty private folder). Where
 * `expected` is known and what came differs, nothing is kept and INTEGRITY_MISMATCH is thrown.
 */
export async function throughCache(
  cache: string,
  expected: string | null,
  now: number,
  fill: (folder: string) => Promise<readonly DigestedFile[]>,
): Promise<Cached> {
  if (expected !== null) {
    const folder = await findCached(cache, expected);
    if (folder !== null) return { folder, digest: expected, hit: true };
  }
  const staging = join(cache, 'fetching');
  const temporary = join(staging, `${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(join(cache, 'packages'), { recursive: true, mode: 0o700 });
    await mkdir(staging, { recursive: true, mode: 0o700 });
    await sweep(staging, now);
    let digest = '';
    // Files that arrive damaged are fetched once more; a second damaged arrival is an error.
    for (let attempt = 1; attempt <= 2; attempt++) {
      await rm(temporary, { recursive: true, force: true });
      await mkdir(temporary, { mode: 0o700 });
      digest = digestOfList(await fill(temporary));
      if (expected === null || digest === expected) break;
    }
    if (expected !== null && digest !== expected) {
      throw new MlctlError(
        'INTEGRITY_MISMATCH',
        `the fetched files are not the ones logged: expected ${expected}, found ${digest}`,
        {
          hint: 'nothing of them was kept; someone or something changed them in the store; do not use this model',
          details: { expected, found: digest },
        },
      );
    }
    const entry = entryOf(cache, digest);
    try {
      await rename(temporary, entry);
    } catch (error) {
      // Another process was first; its entry must be the same content.
      if ((await findCached(cache, digest)) === null) {
        await rm(entry, { recursive: true, force: true });
        await rename(temporary, entry).catch(() => {
          throw error;
        });
      }
    }
    return { folder: entry, digest, hit: false };
  } catch (error) {
    throw writeFailed(cache, error);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
  }
}
