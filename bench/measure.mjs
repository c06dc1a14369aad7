// Times whole processes against each other: every command in turn, again and again, so that a drift of the machine hits all alike.
import { spawnSync } from 'node:child_process';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Wall milliseconds of one run; a command that fails ends the benchmark, because its time would mean nothing. */
export function timeOnce({ command, args, cwd, env }) {
  const start = process.hrtime.bigint();
  const done = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 26 });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${done.status ?? done.signal}: ${done.stderr}`);
  return elapsed;
}

/**
 * Runs all commands `runs` times in turn after one warm-up each.
 * Returns per name the times, and `ratio(a, b)`: the median over the pairs of one turn.
 */
export function compare(commands, runs) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (const name of Object.keys(commands)) timeOnce(commands[name]);
  for (let turn = 0; turn < runs; turn += 1) {
    for (const name of Object.keys(commands)) times[name].push(timeOnce(commands[name]));
  }
  const ratio = (a, b) => median(times[a].map((time, turn) => time / times[b][turn]));
  return { times, ratio };
}
