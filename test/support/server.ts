// Starts a real server process for a test, waits until it answers, and ends it with all its children.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that nobody uses at this moment, and that the system gives nobody who asks for any: until the server
 * that is to have it listens, seconds pass in which other tests open many such ports.
 */
export function freePort(): Promise<number> {
  const port = randomInt(10_240, 32_768);
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it wrote so far. */
  output(): string;
  stop(): Promise<void>;
}

export async function startServer(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; url: string; healthPath: string; timeoutMs?: number },
): Promise<Server> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.on('exit', () => resolve());
      try {
        // The group: servers start workers of their own.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        resolve();
      }
    });
  process.on('exit', () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // gone already
    }
  });
  const deadline = Date.now() + (options.timeoutMs ?? 120_000);
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}:\n${written}`);
    try {
      const answer = await fetch(options.url + options.healthPath, { signal: AbortSignal.timeout(2000) });
      if (answer.status === 200) break;
    } catch {
      // not yet
    }
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`${command} did not answer at ${options.url}${options.healthPath}:\n${written}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url: options.url, process: child, output: () => written, stop };
}
