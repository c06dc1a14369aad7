// The real program as a process, with a clean environment, for transcripts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BIN, scratch } from './paths.js';

export interface Transcript {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const HOME = scratch('mlctl-home-');

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Nothing of this machine's settings reaches the program. */
export const cleanEnvironment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME,
  LANG: 'C.UTF-8',
  ...more,
});

export function runCli(args: readonly string[], options: CliOptions = {}): Transcript {
  const done = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? HOME,
    env: cleanEnvironment(options.env),
    input: options.input ?? '',
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  return { stdout: done.stdout, stderr: done.stderr, code: done.status };
}

/** The recorded text; MLCTL_UPDATE_SNAPSHOTS=1 records it anew. */
export function snapshot(file: string, text: string): string {
  if (process.env['MLCTL_UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : `no snapshot ${file}; MLCTL_UPDATE_SNAPSHOTS=1 records it`;
}
