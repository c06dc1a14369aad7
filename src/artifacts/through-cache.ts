// Folders fetched from a remote store, kept on this machine under the digest of their content and shared by all processes. An
// entry is complete or absent (temp folder and rename), and its digest is checked each time it is used, so damaged or forged
// files are never used.
import { lstatSync, renameSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { type DigestedFile, digestFolder, digestOfList } from '../files/digest-folder.js';
import { HeldFolder } from '../files/held-folder.js';
import { removeBelow } from '../files/remove-below.js';
import { makeScratch, removeScratch, type Sweep, scratchPath, sweepScratch } from '../files/scratch-folder.js';
import { writeFailed } from '../files/write-atomically.js';
import { printable } from '../text/printable.js';

const DIGEST = /^sha256:([0-9a-f]{64})$/;
const PACKAGES = 'packages';
const FETCHING = 'fetching';
/**
 * The mark of a cache (bford.info/cachedir), which backups leave out, and mlctl's own mark that it made the folder of packages.
 */
const TAG_FILE = 'CACHEDIR.TAG';
const TAG =
  'Signature: 8a477f597d28d172789f06886806bc55\n# Fetched models of mlctl. It may remove whatever is below packages.\n';

interface Cached {
  readonly folder: string;
  readonly digest: string;
  readonly hit: boolean;
}

function hexOf(digest: string): string {
  const hex = DIGEST.exec(digest)?.[1];
  if (hex === undefined)
    throw new MlctlError('INTEGRITY_MISMATCH', `the recorded digest "${printable(digest, 100)}" is not a SHA-256`);
  return hex;
}

/** The cache's own folder of that name, created if missing. Throws PATH_REFUSED for a link to another place. */
async function ownFolder(cache: string, name: string): Promise<HeldFolder> {
  const made = await mkdir(join(cache, name), { recursive: true, mode: 0o700 });
  if (made !== undefined && name === PACKAGES)
    await writeFile(join(cache, TAG_FILE), TAG, { flag: 'wx', mode: 0o600 }).catch(() => {});
  const root = HeldFolder.open(cache);
  try {
    const folder = root.enter(name);
    if (folder !== null) return folder;
  } finally {
    root.close();
  }
  throw inTheWay(join(cache, name), 'a link or a mounted disk');
}

const inTheWay = (path: string, what: string): MlctlError =>
  new MlctlError('PATH_REFUSED', `"${printable(path)}" in the cache is ${what}, which mlctl did not make`, {
    hint: 'move it away, or name another folder in MLCTL_CACHE_DIR',
  });

/** The entry of this digest, verified by reading it; null if there is no complete one. */
async function findCached(cache: string, hex: string): Promise<string | null> {
  const entry = join(cache, PACKAGES, hex);
  try {
    // A link is not an entry, wherever it leads.
    const packages = await ownFolder(cache, PACKAGES);
    const isFolder = packages.look(hex)?.isDirectory() === true;
    packages.close();
    return isFolder && (await digestFolder(entry)).digest === `sha256:${hex}` ? entry : null;
  } catch {
    return null;
  }
}

/** Gives the fetched files their name. An incomplete entry that is there is removed, if mlctl made the folder around it. */
async function keep(cache: string, fetched: string, hex: string): Promise<void> {
  const packages = await ownFolder(cache, PACKAGES);
  try {
    renameSync(fetched, packages.at(hex));
  } catch (error) {
    if (packages.look(hex) === null) throw error;
    // Another process may have been first.
    if ((await findCached(cache, hex)) !== null) return;
    if ((await readFile(join(cache, TAG_FILE), 'utf8').catch(() => '')) !== TAG || !removeBelow(packages, hex))
      throw inTheWay(join(cache, PACKAGES, hex), 'something');
    renameSync(fetched, packages.at(hex));
  } finally {
    packages.close();
  }
}

/** Removes, or only counts, what killed processes were fetching; returns how much there was. Never throws. */
export function sweepFetching(cache: string, now: number, how: Sweep = 'remove'): number {
  const folder = join(cache, FETCHING);
  // A link in its place leads to somebody else's.
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ? sweepScratch(folder, now, how) : 0;
}

/**
 * The folder of this content: from the cache, or filled by `fill` (which writes into an empty private folder). If `expected` is
 * known and other content arrived, nothing is kept and INTEGRITY_MISMATCH is thrown, as `refused` says it.
 */
export async function throughCache(
  cache: string,
  expected: string | null,
  now: number,
  fill: (folder: string) => Promise<readonly DigestedFile[]>,
  refused: (files: readonly DigestedFile[], digest: string) => MlctlError | Promise<MlctlError>,
): Promise<Cached> {
  if (expected !== null) {
    const folder = await findCached(cache, hexOf(expected));
    if (folder !== null) return { folder, digest: expected, hit: true };
  }
  const staging = join(cache, FETCHING);
  const made: string[] = [];
  try {
    (await ownFolder(cache, PACKAGES)).close();
    (await ownFolder(cache, FETCHING)).close();
    sweepFetching(cache, now);
    let fetched = '';
    let digest = '';
    let files: readonly DigestedFile[] = [];
    // Files that arrive damaged are fetched once more; the second time it is an error.
    for (let attempt = 1; attempt <= 2; attempt++) {
      const scratch = makeScratch(scratchPath(staging));
      made.push(scratch);
      fetched = join(scratch, 'files');
      await mkdir(fetched, { mode: 0o700 });
      files = await fill(fetched);
      digest = digestOfList(files);
      if (expected === null || digest === expected) break;
    }
    if (expected !== null && digest !== expected) throw await refused(files, digest);
    const hex = hexOf(digest);
    await keep(cache, fetched, hex);
    return { folder: join(cache, PACKAGES, hex), digest, hit: false };
  } catch (error) {
    throw writeFailed(cache, error);
  } finally {
    for (const scratch of made) removeScratch(scratch);
  }
}
