// The real program as a process, with a clean environment, for transcripts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { assertNoCanary, CANARIES } from './canaries.js';
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
  /** Another node than this one. */
  readonly node?: string;
  readonly timeout?: number;
}

/** Nothing of this machine's settings reaches the program, and secrets that must not come out of it do. */
export const cleanEnvironment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME,
  LANG: 'C.UTF-8',
  ...CANARIES,
  ...more,
});

/** The transcript, proven to tell none of the secrets that the program was given. */
function clean(args: readonly string[], transcript: Transcript): Transcript {
  assertNoCanary(`${transcript.stdout}${transcript.stderr}`, `mlctl ${args.join(' ')}`);
  return transcript;
}

export function runCli(args: readonly string[], options: CliOptions = {}): Transcript {
  const done = spawnSync(options.node ?? process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? HOME,
    env: cleanEnvironment(options.env),
    input: options.input ?? '',
    maxBuffer: 1 << 28,
    timeout: options.timeout ?? 120_000,
  });
  if (done.error) throw done.error;
  return clean(args, { stdout: done.stdout, stderr: done.stderr, code: done.status });
}

/** The recorded text; MLCTL_UPDATE_SNAPSHOTS=1 records it anew. */
export function snapshot(file: string, text: string): string {
  if (process.env['MLCTL_UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : `no snapshot ${file}; MLCTL_UPDATE_SNAPSHOTS=1 records it`;
}

/** Runs with --json, demands exit code 0 (or the one given) and returns the document. */
export function cliJson<T = Record<string, unknown>>(
  args: readonly string[],
  options: CliOptions & { readonly expect?: number } = {},
): T {
  const ran = runCli([...args, '--json'], options);
  if (ran.code !== (options.expect ?? 0))
    throw new Error(`mlctl ${args.join(' ')} ended with ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  return JSON.parse(ran.stdout) as T;
}

/** As runCli, without holding up this process: for servers that live in it. */
export function cliEnded(args: readonly string[], options: CliOptions = {}): Promise<Transcript> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? process.execPath, [BIN, ...args], {
      cwd: options.cwd ?? HOME,
      env: cleanEnvironment(options.env),
      timeout: options.timeout ?? 120_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve(clean(args, { stdout, stderr, code })));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Starts the program and kills it with SIGKILL after `delayMs`; answers how it ended. */
export function cliKilledAfter(
  delayMs: number,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<{ code: number | null; killed: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: options.cwd,
      env: cleanEnvironment(options.env),
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, killed: signal === 'SIGKILL' });
    });
  });
}
