// Calls that came together run one after the other, and each gets its own answer or error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns } from '../../src/inference/in-turns.js';

/** Work that takes as many ms as its number says, by a clock of its own; what happens is written down. */
function counting() {
  const log: string[] = [];
  let now = 0;
  const run = inTurns(
    (ms: number) => {
      if (Number.isNaN(ms)) throw new Error('no time');
      now += ms;
      log.push(`run ${ms}`);
      return ms;
    },
    (ms) => ms,
    () => now,
  );
  const told = async (ms: number) => {
    const answer = await run(ms);
    log.push(`told ${answer}`);
  };
  return { log, run, told };
}

test('short calls that came together run in one turn, before anybody is told', async () => {
  const { log, told } = counting();
  const calls = [0.1, 0.2, 0.3].map(told);
  assert.deepEqual(log, []);
  await Promise.all(calls);
  assert.deepEqual(log, ['run 0.1', 'run 0.2', 'run 0.3', 'told 0.1', 'told 0.2', 'told 0.3']);
});

test('a short call does not wait for a long one that came with it', async () => {
  const { log, told } = counting();
  await Promise.all([told(0.1), told(300), told(0.2)]);
  assert.deepEqual(log, ['run 0.1', 'told 0.1', 'run 300', 'told 300', 'run 0.2', 'told 0.2']);
});

test('long calls are told one by one, in order, and others get a turn between', async () => {
  const { log, told } = counting();
  const calls = [3, 4].map(told);
  // A call that comes meanwhile waits behind those that are there.
  const late = calls[0]!.then(() => told(5));
  setImmediate(() => log.push('others'));
  await Promise.all([...calls, late]);
  assert.deepEqual(log, ['run 3', 'told 3', 'others', 'run 4', 'told 4', 'run 5', 'told 5']);
});

test('an error is told to its own caller only', async () => {
  const { run } = counting();
  const settled = await Promise.allSettled([0.1, Number.NaN, 0.3].map((ms) => run(ms)));
  assert.deepEqual(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
    [0.1, 'no time', 0.3],
  );
});

test('a call that nobody waits for any more is not run', async () => {
  const { log, run } = counting();
  const gone = new AbortController();
  const calls = [run(0.1), run(0.2, gone.signal)];
  gone.abort(new Error('gone'));
  await assert.rejects(calls[1]!, /gone/);
  await calls[0];
  assert.deepEqual(log, ['run 0.1']);
});
