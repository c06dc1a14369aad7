// Processes that outlive this one, remembered by pid and start time, so that a pid used again is never taken for ours.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** undefined where there is no such process, or only its remains, which nobody collected. */
function startTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** undefined where it runs no more. */
export function pidOf(run, name) {
  try {
    const { pid, start } = JSON.parse(readFileSync(join(run, 'pids', name), 'utf8'));
    return start !== undefined && startTime(pid) === start ? pid : undefined;
  } catch {
    return undefined;
  }
}

export const isAlive = (run, name) => pidOf(run, name) !== undefined;

/** Starts it in a session of its own, its output in RUN/logs/NAME.log. */
export function start(run, name, command, args, options = {}) {
  for (const folder of ['pids', 'logs']) mkdirSync(join(run, folder), { recursive: true });
  const log = openSync(join(run, 'logs', `${name}.log`), 'a');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  child.on('error', (error) => writeFileSync(log, `${error.message}\n`));
  child.unref();
  writeFileSync(join(run, 'pids', name), JSON.stringify({ pid: child.pid, start: startTime(child.pid) }));
}

/** Asks it to end, waits, insists. `group`: with all its children. */
export async function stop(run, name, signal, seconds, group = true) {
  const pid = pidOf(run, name);
  if (pid !== undefined) {
    const send = (what, to) => {
      try {
        process.kill(to, what);
      } catch {}
    };
    send(signal, group ? -pid : pid);
    for (let waited = 0; isAlive(run, name) && waited < seconds * 10; waited += 1) await wait(100);
    send('SIGKILL', -pid);
  }
  rmSync(join(run, 'pids', name), { force: true });
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Until `test` says yes; throws with the end of the log where the process died or the time is up. */
export async function until(run, name, seconds, test) {
  for (let waited = 0; !(await test().catch(() => false)); waited += 0.2) {
    if (!isAlive(run, name) || waited > seconds) {
      const log = readFileSync(join(run, 'logs', `${name}.log`), 'utf8')
        .split('\n')
        .slice(-15)
        .join('\n');
      throw new Error(`${name} ${isAlive(run, name) ? `is not up after ${seconds} s` : 'ended'}:\n${log}`);
    }
    await wait(200);
  }
}

export const answers = (url) => async () => (await fetch(url, { signal: AbortSignal.timeout(2000) })).status === 200;

export const listens = (port) => () =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true) || socket.destroy());
    socket.on('error', () => resolve(false));
  });

/** A port of 127.0.0.1 that nobody uses at this moment, outside those that the system gives to whoever asks for any. */
export const freePort = () =>
  new Promise((resolve) => {
    const port = randomInt(10_240, 32_768);
    const server = createServer();
    server.on('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
