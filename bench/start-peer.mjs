// Starts a server of the benchmark and waits until it answers.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** `health`: the whole address that answers 200 once it is ready; null: the server prints `{"url":…}` when it is. */
export async function startPeer({ command, args, cwd, env, health, patienceMs = 180_000 }) {
  const start = process.hrtime.bigint();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  let errors = '';
  // What it prints is looked at as it comes.
  let heard = () => {};
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (health === null) heard();
  });
  child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4000)));
  let ended = false;
  child.once('exit', () => (ended = true));
  const stop = async () => {
    if (ended) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended meanwhile.
    }
    await Promise.race([gone, sleep(10_000)]);
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of it is left.
    }
  };
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const url = health === null ? urlIn(said) : health;
    const isReady = url !== null && (await fetch(health ?? `${url}/ping`).then(({ ok }) => ok, () => false));
    if (isReady) {
      const readyMs = Number(process.hrtime.bigint() - start) / 1e6;
      return { url: health === null ? url : new URL(health).origin, pid: child.pid, readyMs, stop };
    }
    if (ended || Date.now() > deadline) {
      await stop();
      throw new Error(`${command} ${args.slice(0, 4).join(' ')} did not get ready: ${errors || said}`);
    }
    await new Promise((resolve) => {
      heard = resolve;
      setTimeout(resolve, health === null ? 20 : 250);
    });
  }
}

const urlIn = (text) => /"url":\s*"([^"]+)"/.exec(text)?.[1] ?? null;
