// Calls that came together run one after the other, and each gets its own answer or error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns } from '../../src/inference/in-turns.js';
import { monotonicMs } from '../../src/world.js';

test('calls that came together run in one turn, before anybody is told', async () => {
  const log: string[] = [];
  const run = inTurns((x: number) => {
    log.push(`run ${x}`);
    return x * x;
  });
  const calls = [1, 2, 3].map(async (x) => {
    const answer = await run(x);
    log.push(`told ${answer}`);
  });
  assert.deepEqual(log, []);
  await Promise.all(calls);
  assert.deepEqual(log, ['run 1', 'run 2', 'run 3', 'told 1', 'told 4', 'told 9']);
});

test('an error is told to its own caller only', async () => {
  const run = inTurns((x: number) => {
    if (x === 2) throw new Error('not two');
    return x;
  });
  const settled = await Promise.allSettled([1, 2, 3].map(run));
  assert.deepEqual(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
    [1, 'not two', 3],
  );
});

test('long work is told one by one, in order, and others get a turn between', async () => {
  const log: string[] = [];
  const run = inTurns((x: number) => {
    const end = monotonicMs() + 3;
    while (monotonicMs() < end);
    log.push(`run ${x}`);
  });
  const calls = [1, 2, 3].map(async (x) => {
    await run(x);
    log.push(`told ${x}`);
    // A call that comes meanwhile waits behind those that are there.
    if (x === 1) await run(4);
  });
  setImmediate(() => log.push('others'));
  await Promise.all(calls);
  assert.deepEqual(log, ['run 1', 'told 1', 'others', 'run 2', 'told 2', 'run 3', 'told 3', 'run 4']);
});
