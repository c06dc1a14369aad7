// `mlctl serve` as a process of its own: its memory, its end, and everything that it says.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNoCanary } from '../support/canaries.js';
import { cleanEnvironment } from '../support/cli.js';
import { BIN } from '../support/paths.js';
import type { TestWorld } from '../support/worlds.js';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServeProcess {
  readonly url: string;
  readonly pid: number;
  /** MiB. */
  resident(): number;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function serveProcess(world: TestWorld, args: readonly string[]): Promise<ServeProcess> {
  const child = spawn(process.execPath, [BIN, 'serve', ...args, '--port', '0', '--json'], {
    cwd: world.cwd,
    env: cleanEnvironment(world.env as Record<string, string>),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    const end = await ended;
    assertNoCanary(stdout + stderr, `mlctl serve ${args.join(' ')}`);
    return end;
  };
  const urlOf = () => /"url":\s*"([^"]+)"/.exec(stdout)?.[1];
  for (let waited = 0; urlOf() === undefined; waited += 20) {
    if (child.exitCode !== null || waited > 60_000)
      throw new Error(`mlctl serve ${args.join(' ')}: ${stdout}${stderr}`);
    await sleep(20);
  }
  return {
    url: urlOf()!,
    pid: child.pid!,
    resident: () => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop('SIGKILL')),
  };
}
