import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MoveRecord } from '../../src/registry/move-record.js';
import { orderHistory } from '../../src/registry/order-history.js';
import { replayMoves } from '../../src/registry/replay-moves.js';
import { championAt, championMove } from '../support/moves.js';

const move = (from: number | null, to: number, time: number, state?: 'pending' | 'withdrawn'): MoveRecord =>
  championMove(from, to, { time, ...(state ? { state } : {}) });
/** The history that the records give, as `from>to`, with a ? for what nobody recorded. */
function told(records: readonly MoveRecord[], current: number): string {
  const now = championAt(current);
  return replayMoves(orderHistory(records, now), now)
    .moves.map((one) => `${one.action === 'unknown' ? '?' : ''}${one.from_version ?? ''}>${one.to_version ?? ''}`)
    .join(' ');
}

test('a slow clock after a version was left and come back to', () => {
  assert.equal(told([move(null, 1, 100), move(1, 2, 200), move(2, 1, 300), move(1, 3, 150)], 3), '>1 1>2 2>1 1>3');
});

test('if only mlctl moved, there is no gap, whatever the clocks say', () => {
  const walks = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 1,
    maxLength: 14,
  });
  fc.assert(
    fc.property(walks, (steps) => {
      const records = steps.map(([to, time], at) => move(steps[at - 1]?.[0] ?? null, to, time));
      const current = steps.at(-1)?.[0] ?? 0;
      assert.doesNotMatch(told(records, current), /\?/);
      // Clocks that are right are believed.
      const right = records.map((record, at) => ({ ...record, time: at }));
      assert.deepEqual(
        orderHistory(right, championAt(current)).map(({ time }) => time),
        right.map(({ time }) => time),
      );
    }),
    { numRuns: 500, seed: 42 },
  );
});

test('if others also moved it, right clocks decide', () => {
  assert.equal(told([move(null, 1, 1), move(1, 2, 2), move(1, 3, 3), move(3, 4, 4)], 4), '>1 1>2 ?2>1 1>3 3>4');
});

test('of several records that could come next, the one that cuts off the fewest does, then the earliest', () => {
  const times = (records: readonly MoveRecord[], current: number) =>
    orderHistory(records, championAt(current)).map(({ time }) => time);
  assert.deepEqual(times([move(null, 2, 1), move(null, 1, 3)], 2), [1, 3]);
  // A record that is chosen is not among those that can still follow it.
  assert.deepEqual(times([move(null, 3, 1), move(1, 3, 2), move(3, 1, 4), move(null, 3, 5)], 2), [1, 5, 4, 2]);
});

test('a pending move counts only if it explains the next one', () => {
  const cut = move(1, 2, 2, 'pending');
  assert.equal(told([move(null, 1, 1), cut], 2), '>1 1>2', 'it is the last');
  assert.equal(told([move(null, 1, 1), cut], 1), '>1', 'it was not made');
  assert.equal(told([move(null, 1, 1), cut, move(2, 3, 3)], 3), '>1 1>2 2>3', 'the next came from there');
  assert.equal(told([move(null, 1, 1), cut, move(1, 2, 3)], 2), '>1 1>2', 'it was made again, by its hint');
  assert.equal(told([move(null, 1, 1), cut, move(2, 3, 3, 'pending')], 3), '>1 1>2 2>3', 'two were cut');
  assert.equal(told([move(null, 1, 1), move(1, 2, 2, 'withdrawn')], 1), '>1');
});

test('thousands of records by wrong clocks take little time', () => {
  const records = Array.from({ length: 1500 }, (_, at) =>
    move(at === 0 ? null : at % 7, (at + 1) % 7, (at * 7919) % 1500),
  );
  const begun = performance.now();
  told(records, 1500 % 7);
  assert.ok(performance.now() - begun < 5000);
});
