// One process at a time: several test files ask for the same installation at the same moment, and one of them does it.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whoever calls apt-get takes this turn: it refuses a second one at the same moment. */
export const aptTurn = join(dirname(dirname(fileURLToPath(import.meta.url))), '.cache', 'apt');

/** Waits for its turn in `folder` and does the work; mkdir is atomic. A lock older than `staleMs` belongs to a process that died. */
export function inTurn(folder, staleMs, work) {
  const lock = join(folder, 'lock');
  mkdirSync(folder, { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      try {
        if (Date.now() - statSync(lock).mtimeMs > staleMs) rmSync(lock, { recursive: true, force: true });
      } catch {}
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
