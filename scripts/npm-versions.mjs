// Installs (once) an npm of another version for the checks, into .cache/npm/<version>, and names its program. Safe to call at the same time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurn } from './turn.mjs';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), '.cache', 'npm');

export function npmProgram(version) {
  const target = join(folder, version);
  const program = join(target, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(program)) return program;
  inTurn(folder, 600_000, () => {
    if (existsSync(program)) return;
    const fresh = `${target}-${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    const done = spawnSync(
      'npm',
      ['install', '--prefix', fresh, '--no-save', '--no-audit', '--no-fund', `npm@${version}`],
      { encoding: 'utf8', shell: process.platform === 'win32' },
    );
    if (done.status === 0) renameSync(fresh, target);
    else rmSync(fresh, { recursive: true, force: true });
  });
  if (!existsSync(program)) throw new Error(`npm ${version} could not be installed`);
  return program;
}
