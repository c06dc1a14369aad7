// Where things are, for tests: they run from build/test, the fixtures and the built program stay at the project's root.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertNoCanaryBelow } from './canaries.js';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const FIXTURES = join(ROOT, 'fixtures');
export const BIN = join(ROOT, 'bin', 'mlctl.js');
export const CACHE = join(ROOT, '.cache');

/** The folder of recorded cases, or why tests that need it are skipped. */
export function casesFolder(): { folder: string } | { skip: string } {
  const folder = process.env['MLCTL_CASES'];
  return folder ? { folder } : { skip: 'MLCTL_CASES is not set' };
}

const made: string[] = [];

/** A fresh folder, removed when the process of this test file ends. */
export function scratch(prefix = 'mlctl-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  if (made.length === 0) process.on('exit', removeAll);
  made.push(folder);
  return folder;
}

function removeAll(): void {
  for (const folder of made) {
    try {
      assertNoCanaryBelow(folder);
    } catch (error) {
      // Too late for a test of its own: the file as a whole has failed.
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
