// A model that mlctl does not know answers in several processes: a call that hangs, or whose process is killed, costs only itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MlctlError } from '../../src/errors/error.js';
import { load } from '../../src/library/load.js';
import type { LoadOptions, Model, PredictedRow } from '../../src/library/types.js';
import { testWorld } from '../support/worlds.js';
import { countdownFolder, ENDLESS } from './countdown-folder.js';

const world = testWorld({ now: Date.now });
const FOLDER = await countdownFolder(world);

const opened = (options: LoadOptions): Promise<Model> => load(FOLDER, { ...world, timeoutMs: 60_000, ...options });

const QUICK = 0.5;
/** Takes half a second or so. */
const SLOW = 3e5;
const ask = async (model: Model, x: number, signal?: AbortSignal): Promise<number> => {
  const rows: PredictedRow[] = await model.predict([{ x }], signal ? { signal } : {});
  return rows[0]!['y'] as number;
};

/** The processes that this one started and that are still there. */
function children(): number[] {
  const done = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  return done.stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === process.pid && name !== 'ps')
    .map(([pid]) => Number(pid));
}

async function until(what: string, isSo: () => boolean, within = 20_000): Promise<void> {
  const start = performance.now();
  while (!isSo()) {
    assert.ok(performance.now() - start < within, `${what}: not within ${within} ms`);
    await sleep(5);
  }
}

test('a call that hangs costs only itself: those beside it end, those that wait are answered, its process is back', async () => {
  await using model = await opened({ workers: 2, timeoutMs: 20_000 });
  assert.deepEqual(model.pool, { workers: 2, open: 2, busy: 0, waiting: 0, restarts: 0 });
  let isPoisonOver = false;
  const timedOut = { code: 'MODEL_TIMEOUT', exitCode: 7, message: /20000 ms/ };
  const poison = assert.rejects(ask(model, ENDLESS), timedOut).finally(() => {
    isPoisonOver = true;
  });
  const slow = ask(model, SLOW);
  const waiting = Array.from({ length: 50 }, (_, i) => ask(model, -i));
  await sleep(10);
  assert.equal(model.pool?.busy, 2);
  assert.equal(await slow, SLOW);
  assert.deepEqual(
    await Promise.all(waiting),
    Array.from({ length: 50 }, (_, i) => -i),
  );
  // None of them waited for the deadline of the one that hangs.
  assert.equal(isPoisonOver, false);
  await poison;
  await until('the process is back', () => model.pool?.open === 2);
  assert.deepEqual(model.pool, { workers: 2, open: 2, busy: 0, waiting: 0, restarts: 1 });
  assert.deepEqual(await Promise.all([ask(model, 0.25), ask(model, QUICK)]), [0.25, QUICK]);
});

test('every process hangs: those that wait are answered once the deadlines have passed', async () => {
  await using model = await opened({ workers: 2, timeoutMs: 3000 });
  const poisons = await Promise.all([1, 2, 3].map(() => ask(model, ENDLESS).catch((error) => error.code)));
  assert.deepEqual(poisons, ['MODEL_TIMEOUT', 'MODEL_TIMEOUT', 'MODEL_TIMEOUT']);
  assert.equal(await ask(model, QUICK), QUICK);
  assert.equal(model.pool?.restarts, 3);
});

test('a process killed in the middle of a call costs that call; one killed idle costs nothing', async () => {
  await using model = await opened({ workers: 2 });
  const [first, second] = children();
  assert.equal(children().length, 2);
  const calls = [ask(model, ENDLESS), ask(model, ENDLESS), ask(model, QUICK)];
  const outcomes = Promise.allSettled(calls);
  await sleep(100);
  process.kill(first!, 'SIGKILL');
  await until('the call that waited is answered', () => model.pool?.waiting === 0);
  process.kill(second!, 'SIGSEGV');
  const codes = (await outcomes).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code));
  assert.deepEqual(codes, ['MODEL_CRASHED', 'MODEL_CRASHED', QUICK]);
  await until('both are back', () => model.pool?.open === 2);
  await sleep(1100);
  for (const pid of children()) process.kill(pid, 'SIGKILL');
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(model, -i).catch(() => null)));
  // Both may have been given a call before their end was heard.
  assert.ok(answers.filter((answer) => answer === null).length <= 2);
  await until('both are back again', () => model.pool?.open === 2);
  assert.equal(model.pool?.restarts, 4);
});

test('one call more than may wait is refused; who gives up no longer waits', async () => {
  await using model = await opened({ workers: 1, maxWaiting: 2 });
  assert.equal(await ask(model, QUICK), QUICK);
  const slow = ask(model, SLOW);
  const givingUp = new AbortController();
  const dropped = ask(model, -1, givingUp.signal);
  const waits = ask(model, -2);
  await assert.rejects(ask(model, -3), (error: unknown) => {
    const { code, exitCode, message, details } = error as MlctlError;
    assert.deepEqual([code, exitCode], ['MODEL_BUSY', 6]);
    assert.match(message, /answers 1 call at a time and 2 wait already/);
    assert.deepEqual(Object.keys(details), ['workers', 'max_waiting', 'retry_after_ms']);
    assert.ok((details['retry_after_ms'] as number) > 0);
    return true;
  });
  givingUp.abort(new Error('the client went away'));
  await assert.rejects(dropped, { message: 'the client went away' });
  assert.equal(model.pool?.waiting, 1);
  const next = ask(model, -4);
  assert.deepEqual(await Promise.all([slow, waits, next]), [SLOW, -2, -4]);

  const leaving = new AbortController();
  const running = ask(model, SLOW, leaving.signal);
  await sleep(20);
  leaving.abort(new Error('gone'));
  await assert.rejects(running, { message: 'gone' });
  assert.equal(await ask(model, -5), -5);
  await assert.rejects(ask(model, -6, leaving.signal), { message: 'gone' });
  assert.equal(model.pool?.restarts, 0);
});

test('close answers the calls that wait and leaves no process', async () => {
  const model = await opened({ workers: 2 });
  const calls = Array.from({ length: 200 }, (_, i) => ask(model, -i));
  await model.close();
  assert.deepEqual(
    await Promise.all(calls),
    Array.from({ length: 200 }, (_, i) => -i),
  );
  await assert.rejects(ask(model, QUICK), { code: 'USAGE' });
  assert.deepEqual(children(), []);
});

test('10,000 calls at once on 12 processes: each gets its own answer, and node warns of nothing', async () => {
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on('warning', listen);
  const stopping = new AbortController();
  await using model = await opened({ workers: 12, signal: stopping.signal });
  const answers = await Promise.all(Array.from({ length: 10_000 }, (_, i) => ask(model, -i)));
  assert.ok(answers.every((answer, i) => answer === -i));
  process.off('warning', listen);
  assert.deepEqual(warnings, []);
});

test('a process that cannot be started again is an error for the calls, and is tried again', async () => {
  await using model = await opened({ workers: 1 });
  const away = `${FOLDER}-away`;
  await sleep(1100);
  renameSync(FOLDER, away);
  try {
    for (const pid of children()) process.kill(pid, 'SIGKILL');
    await until('its end is heard', () => model.pool?.open === 0);
    await assert.rejects(ask(model, QUICK), { code: 'FILE_NOT_FOUND' });
    await assert.rejects(ask(model, QUICK), { code: 'FILE_NOT_FOUND' });
  } finally {
    renameSync(away, FOLDER);
  }
  await sleep(1100);
  assert.equal(await ask(model, QUICK), QUICK);
});

test('options that make no pool are refused; a stop of the program ends all processes', async () => {
  for (const options of [{ workers: 0 }, { workers: 1.5 }, { workers: Number.NaN }, { maxWaiting: -1 }])
    await assert.rejects(opened(options), { code: 'USAGE', message: /expected a whole number/ });
  const stopping = new AbortController();
  await using model = await opened({ workers: 2, signal: stopping.signal });
  const calls = [1, 2].map(() => ask(model, ENDLESS).catch((error) => error.code));
  await sleep(50);
  stopping.abort();
  assert.deepEqual(await Promise.all(calls), ['MODEL_TIMEOUT', 'MODEL_TIMEOUT']);
});
