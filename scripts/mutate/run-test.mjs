// Turns a test file into a verdict: run by itself, and ended at its first failure or when its time is up.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The processes that a test started belong to its group, and end with it. */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All have ended.
  }
}

/** What a test that was ended had mounted below the folder. */
function unmountBelow(folder) {
  if (!existsSync('/proc/self/mounts')) return;
  const places = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1]?.replace(/\\040/g, ' ') ?? '');
  for (const place of places.filter((one) => one.startsWith(`${folder}/`)).reverse()) spawnSync('umount', [place]);
}

/** One at a time: the machine may be shared, and times are compared. */
let running;
process.on('exit', () => running && endGroup(running));

/** @returns {Promise<{ verdict: 'passed' | 'failed' | 'late', ms: number }>} */
export function runTest(folder, file, { limitMs, env = {} }) {
  const scratch = mkdtempSync(join(folder, 't'));
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--test-reporter=tap', join('build', file)], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TZ: process.env.TZ ?? 'UTC', TMPDIR: scratch, ...env },
    });
    running = child.pid;
    let verdict;
    const end = (why) => {
      verdict ??= why;
      endGroup(child.pid);
    };
    const timer = setTimeout(end, limitMs, 'late');
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      if (lines.some((line) => /^\s*not ok /.test(line) && !/# (?:SKIP|TODO)/.test(line))) end('failed');
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      verdict ??= code === 0 ? 'passed' : 'failed';
      endGroup(child.pid);
      running = undefined;
      child.stdout.destroy();
      unmountBelow(scratch);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
      resolve({ verdict, ms: performance.now() - start });
    });
  });
}
