import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MoveRecord } from '../../src/registry/move-record.js';
import { replayMoves } from '../../src/registry/replay-moves.js';
import { championAt, championMove } from '../support/moves.js';

let clock = 0;
const move = (
  from: number | null,
  to: number,
  action: MoveRecord['action'] = 'promote',
  parts: Partial<MoveRecord> = {},
): MoveRecord => championMove(from, to, { action, time: ++clock, ...parts });
const known = (version: number | null) => ({ known: true, version });

test('a second rollback goes one version further back', () => {
  const moves = [move(null, 1), move(1, 2), move(2, 3)];
  assert.deepEqual(replayMoves(moves, championAt(3)).before('alias', 'champion'), known(2));
  moves.push(move(3, 2, 'rollback'));
  assert.deepEqual(replayMoves(moves, championAt(2)).before('alias', 'champion'), known(1));
  moves.push(move(2, 1, 'rollback'));
  assert.deepEqual(replayMoves(moves, championAt(1)).before('alias', 'champion'), known(null));
  moves.push(move(1, 4));
  assert.deepEqual(replayMoves(moves, championAt(4)).before('alias', 'champion'), known(1));
});

test('a move of another client is unknown, and the version before it is not guessed', () => {
  const outside = replayMoves([move(null, 1), move(1, 2)], championAt(5));
  assert.deepEqual(outside.before('alias', 'champion'), { known: false, last: 2 });
  const { action, from_version: from, to_version: to, user, time } = outside.moves.at(-1)!;
  assert.deepEqual([action, from, to, user, time], ['unknown', 2, 5, null, null]);

  // Between two records: 2 -> 7 was never written down, 7 -> 3 was.
  const between = replayMoves([move(null, 2), move(7, 3)], championAt(3));
  assert.deepEqual(
    between.moves.map((one) => [one.action, one.from_version, one.to_version]),
    [
      ['promote', null, 2],
      ['unknown', 2, 7],
      ['promote', 7, 3],
    ],
  );
  assert.deepEqual(between.before('alias', 'champion'), known(7));
  assert.deepEqual(replayMoves([], championAt(2)).before('alias', 'champion'), { known: false, last: null });
});

test('a deleted alias, an emptied stage, a version promoted onto itself', () => {
  const deleted = replayMoves([move(null, 1)], new Map());
  assert.equal(deleted.moves.at(-1)?.to_version, null);
  assert.deepEqual(deleted.before('alias', 'champion'), { known: false, last: 1 });

  const stage = (to: string, from: string | null) => ({ kind: 'stage', target: to, from_stage: from }) as const;
  const emptied = replayMoves(
    [
      move(null, 1, 'register', stage('Production', 'None')),
      move(1, 2, 'promote', stage('Production', 'None')),
      move(null, 2, 'promote', stage('Archived', 'Production')),
    ],
    new Map([['stage:Archived', 2]]),
  );
  assert.deepEqual(emptied.before('stage', 'Production'), known(2));
  assert.equal(emptied.moves.length, 3, 'nothing there is unknown');

  const again = replayMoves([move(null, 1), move(1, 2), move(null, 2)], championAt(2));
  assert.deepEqual(again.before('alias', 'champion'), known(1));
  assert.equal(again.moves.length, 3);
});

test('if only mlctl moved, nothing is unknown, and rollbacks undo the promotions in reverse order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }), (versions) => {
      const distinct = versions.filter((version, at) => version !== versions[at - 1]);
      const records = distinct.map((to, at) => move(distinct[at - 1] ?? null, to));
      let current = distinct.at(-1)!;
      // A version that comes again is reached from the top: the walk is as long as the stack is high.
      for (let at = distinct.length - 2; at >= 0; at -= 1) {
        const replayed = replayMoves(records, championAt(current));
        assert.ok(replayed.moves.every(({ action }) => action !== 'unknown'));
        assert.deepEqual(replayed.before('alias', 'champion'), known(distinct[at]!));
        records.push(move(current, distinct[at]!, 'rollback'));
        current = distinct[at]!;
      }
      assert.deepEqual(replayMoves(records, championAt(current)).before('alias', 'champion'), known(null));
    }),
    { numRuns: 300, seed: 42 },
  );
});
