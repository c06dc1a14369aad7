// Anybody can write a tag: only what is valid in every part, and stands on the version that it is about, is a record.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MoveRecord, newRecordKey, recordsOf } from '../../src/registry/move-record.js';
import type { ModelVersion } from '../../src/tracking/model-registry.js';
import { championMove } from '../support/moves.js';

const on = (version: number, tags: Readonly<Record<string, string>>) =>
  recordsOf({ version, tags: new Map(Object.entries(tags)) } as unknown as ModelVersion);
const KEY = 'mlctl.history.000000000000005.alias.abcdef';
const good = championMove(1, 2, { time: 5 });

test('a record counts on the version that it moved to, and on no other', () => {
  const text = JSON.stringify(good);
  assert.deepEqual(on(2, { [KEY]: text }), [{ ...good, key: KEY }]);
  assert.deepEqual(on(3, { [KEY]: text }), []);
  assert.deepEqual(on(2, { 'team.history': text, 'mlctl.histor': text }), []);
});

test('a value that is wrong in any part is not a record', () => {
  const wrong: Partial<Record<keyof MoveRecord, unknown>>[] = [
    { time: 5.5 },
    { time: '5' },
    { target: 7 },
    { to_version: '2' },
    { from_version: 1.5 },
    { from_version: '1' },
    { kind: 'tag' },
    { action: 'unknown' },
    { from_stage: 1 },
    { user: null },
  ];
  for (const part of wrong)
    assert.deepEqual(on(2, { [KEY]: JSON.stringify({ ...good, ...part }) }), [], JSON.stringify(part));
  for (const text of ['', '{', 'null', '"x"', '7', '[]']) assert.deepEqual(on(2, { [KEY]: text }), [], text);
  const right: Partial<MoveRecord>[] = [
    { from_version: null },
    { kind: 'stage', from_stage: 'None' },
    { action: 'register' },
    { action: 'rollback' },
  ];
  for (const part of right) assert.equal(on(2, { [KEY]: JSON.stringify({ ...good, ...part }) }).length, 1);
});

test('records are read oldest first, the stage before the alias of the same moment', () => {
  const at = (time: number, kind: MoveRecord['kind']) => JSON.stringify({ ...good, time, kind });
  const read = on(2, {
    'mlctl.history.a': at(9, 'alias'),
    'mlctl.history.b': at(5, 'alias'),
    'mlctl.history.c': at(5, 'stage'),
  });
  assert.deepEqual(
    read.map(({ time, kind }) => `${time} ${kind}`),
    ['5 stage', '5 alias', '9 alias'],
  );
});

test('keys sort by time and differ at the same moment', () => {
  const keys = [5, 1234567890123, 99].map((time) => newRecordKey({ time, kind: 'alias' }));
  assert.deepEqual(keys.toSorted(), [keys[0], keys[2], keys[1]]);
  assert.notEqual(newRecordKey({ time: 5, kind: 'alias' }), keys[0]);
  for (const key of keys) assert.match(key, /^mlctl\.history\.\d{15}\.alias\.[0-9a-f]{6}$/);
});
