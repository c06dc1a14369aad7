// Which packages mlctl itself has written or logged on this machine, by digest: such a folder may run in the process wherever it
// lies and however it is named (contract §8.6). A record says nothing about a place, only that exactly these bytes are known.
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../world.js';
import { cacheFolder } from './fetch-package.js';

const DIGEST = /^sha256:([0-9a-f]{64})$/;

function recordOf(world: World, digest: string): string | null {
  const hex = DIGEST.exec(digest)?.[1];
  return hex === undefined ? null : join(cacheFolder(world), 'known', hex);
}

/** Best effort: where the cache cannot be written the package is merely run in a process of its own later. */
export function rememberPackage(world: World, digest: string): void {
  const record = recordOf(world, digest);
  if (record === null) return;
  try {
    mkdirSync(join(record, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(record, '', { flag: 'wx', mode: 0o600 });
  } catch {
    // There already, or no place to write.
  }
}

/** A record counts only as a plain file of the same user. */
export function isKnownPackage(world: World, digest: string): boolean {
  const record = recordOf(world, digest);
  const facts = record === null ? undefined : lstatSync(record, { throwIfNoEntry: false });
  return facts?.isFile() === true && (process.getuid === undefined || facts.uid === process.getuid());
}
