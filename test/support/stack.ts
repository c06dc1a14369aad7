// The team's stack (PostgreSQL, S3, MLflow in one or both artifact modes) for tests, started by the project's own script.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './paths.js';

export type StackMode = 'proxied' | 'direct';

export interface Stack {
  /** The S3 settings a client of the direct mode needs. */
  readonly env: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<StackMode, string>>;
  readonly python: string;
  readonly bucket: string;
  readonly folder: string;
  stop(): void;
  /** SIGKILL, children and all. */
  kill(part: StackMode | 'postgres' | 's3'): void;
  /** Brings back what died, on its data and its port; resolves when it answers. Of the MLflow servers only those named. */
  revive(some?: readonly StackMode[]): Promise<void>;
}

/** The running stack, or why it cannot be had. `modes` names the MLflow servers; none gives the S3 server and PostgreSQL alone. */
export function openStack(modes: readonly StackMode[]): Stack | { skip: string } {
  // No scratch folder: those are removed when the process ends, and with them the memory of what is to be stopped.
  const folder = mkdtempSync(join(tmpdir(), 'mlctl-stack-'));
  const script = (name: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts', 'stack', name), '--run', folder, ...args], {
      encoding: 'utf8',
      timeout: 1_200_000,
    });
  const down = () => void script('down.mjs', '--purge');
  const up = script('up.mjs', '--modes', modes.join(','));
  if (up.status !== 0) {
    down();
    return { skip: `stack: ${up.stderr.trim().split('\n').at(-1) ?? 'failed'}` };
  }
  let stopped = false;
  const stop = () => {
    if (!stopped) down();
    stopped = true;
  };
  process.on('exit', stop);
  return {
    ...(JSON.parse(up.stdout) as Pick<Stack, 'env' | 'servers' | 'python' | 'bucket'>),
    folder,
    stop,
    kill(part) {
      const killed = script('kill.mjs', part);
      if (killed.status !== 0) throw new Error(killed.stderr);
    },
    async revive(some = modes) {
      const args = [join(ROOT, 'scripts', 'stack', 'up.mjs'), '--run', folder, '--modes', some.join(',')];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (chunk) => (said += chunk));
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`the stack did not come back: ${said}`);
    },
  };
}
