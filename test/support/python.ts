// Real Python for tests: environments made by uv under .cache/py, once, shared by all test files (a lock folder guards the making).
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.js';

export type PythonEnvironment =
  | 'mlflow'
  | 'mlflow318'
  | 'mlflow2'
  | 'pandas2'
  | 'compose'
  | 'stack'
  | 'mlserver'
  | 'models'
  | 'kubernetes'
  | 'signing';

/** The interpreter of an environment (see scripts/python-env.mjs for what is in each), or why it cannot be had. */
export function pythonOf(name: PythonEnvironment): { python: string } | { skip: string } {
  const done = spawnSync(process.execPath, [join(ROOT, 'scripts', 'python-env.mjs'), name], {
    encoding: 'utf8',
    timeout: 900_000,
  });
  if (done.status === 0) return { python: done.stdout.trim() };
  return { skip: `Python environment ${name}: ${done.stderr.trim().split('\n').at(-1) ?? 'failed'}` };
}

/** Runs a Python program from text; arguments by sys.argv, answer on stdout. */
export function runPython(
  python: string,
  program: string,
  args: readonly string[] = [],
  options: { cwd?: string; env?: Record<string, string>; timeout?: number } = {},
): SpawnSyncReturns<string> {
  return spawnSync(python, ['-c', program, ...args], {
    encoding: 'utf8',
    cwd: options.cwd,
    timeout: options.timeout ?? 300_000,
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      PYTHONWARNINGS: 'ignore',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: 'true',
      ...options.env,
    },
  });
}
