// Many moves leave few tags, concurrent ones lose none, and the history is the same as with a tag for each move.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KeyedRecord, newRecordKey, recordsOf, writeRecord } from '../../src/registry/move-record.js';
import { moveStageOrAlias } from '../../src/registry/move-stage-or-alias.js';
import { readHistory } from '../../src/registry/read-history.js';
import { recordModelVersion } from '../../src/registry/record-model-version.js';
import { settleMoves } from '../../src/registry/settle-moves.js';
import { versionsOf } from '../../src/registry/versions-of.js';
import { lazyStores } from '../../src/session/stores.js';
import type { ModelRegistry } from '../../src/tracking/model-registry.js';
import { championMove } from '../support/moves.js';
import { testWorld } from '../support/worlds.js';

async function registryWith(count: number) {
  const world = testWorld();
  const stores = lazyStores(world, {});
  const registry = await stores.registry();
  const made = { name: 'm', uri: 'runs:/r/model', source: '/x', modelId: null, runId: null, tags: new Map() };
  for (let n = 1; n <= count; n++) await recordModelVersion(world, registry, { ...made, requestId: `made-${n}` });
  const version = async (n: number) => (await registry.getModelVersion('m', n))!;
  const tags = async (n: number) =>
    [...(await version(n)).tags].filter(([key]) => /^mlctl\.(?:history|moves)\./.test(key));
  const move = async (n: number, more: object = {}, store = registry) =>
    moveStageOrAlias(world, {
      registry: store,
      version: await version(n),
      to: { kind: 'alias', target: 'champion' },
      action: 'promote',
      onProgress: () => {},
      ...more,
    });
  return { world, stores, registry, version, tags, move };
}

test('forty moves leave few tags within the limit of MLflow 2, and the history knows them all', async () => {
  const { registry, tags, move, stores } = await registryWith(2);
  for (let n = 0; n < 40; n++) await move((n % 2) + 1, n % 3 === 0 ? { message: `move ${n}` } : {});
  for (const n of [1, 2]) {
    const left = await tags(n);
    assert.ok(left.length <= 5, `${left.length} tags`);
    for (const [, text] of left) assert.ok(text.length <= 5000);
  }
  const { moves, before } = (await readHistory(registry, 'm')).replayed;
  assert.deepEqual(
    moves.map(({ from_version, to_version, message }) => [from_version, to_version, message]),
    Array.from({ length: 40 }, (_, n) => [
      n === 0 ? null : ((n - 1) % 2) + 1,
      (n % 2) + 1,
      n % 3 === 0 ? `move ${n}` : undefined,
    ]),
  );
  assert.deepEqual(before('alias', 'champion'), { known: true, version: 1 });
  await stores.close();
});

test('five hundred long moves still fit: no tag is longer than MLflow 2 keeps', async () => {
  const { registry, version, tags, stores } = await registryWith(1);
  const message = 'because "it" is better, and ö '.repeat(8);
  const keys = new Set<string>();
  for (let n = 0; n < 500; n++) {
    const record = championMove(1, 1, { time: 1000 + n, message });
    const key = newRecordKey(record);
    keys.add(key);
    await writeRecord(registry, 'm', key, record);
    if (n % 7 === 0) await settleMoves(registry, await version(1), key, 2000 + n);
  }
  for (const [, text] of await tags(1)) assert.ok(text.length <= 5000);
  assert.ok((await tags(1)).length < 80, String((await tags(1)).length));
  assert.deepEqual(new Set(recordsOf(await version(1)).map(({ key }) => key)), keys);
  await stores.close();
});

test('two commands that settle at the same moment lose no move and count none twice', async () => {
  const { registry, version, stores } = await registryWith(1);
  const keys: string[] = [];
  for (let n = 0; n < 6; n++) {
    const record = championMove(null, 1, { time: 10 + n });
    keys.push(newRecordKey(record));
    await writeRecord(registry, 'm', keys.at(-1)!, record);
  }
  // The second has read the tags before the first wrote its list, and writes when the first is done.
  const before = await version(1);
  const late = new Proxy(registry, {
    get: (target, key) => {
      if (key === 'getModelVersion') return async () => before;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as ModelRegistry;
  await settleMoves(registry, before, keys[0]!, 100);
  const record = championMove(1, 1, { time: 50 });
  keys.push(newRecordKey(record));
  await writeRecord(registry, 'm', keys.at(-1)!, record);
  await settleMoves(late, before, keys[0]!, 101);
  assert.deepEqual(
    recordsOf(await version(1)).map(({ key }) => key),
    keys.toSorted(),
  );
  await stores.close();
});

test('what is pending, withdrawn or may still be withdrawn stays a tag of its own', async () => {
  const { registry, version, tags, stores } = await registryWith(1);
  const put = async (parts: Partial<KeyedRecord> & { time: number }) => {
    const record = championMove(null, 1, parts);
    const key = newRecordKey(record);
    await writeRecord(registry, 'm', key, record);
    return key;
  };
  const own = await put({ time: 5, guarded: true });
  const kept = [
    await put({ time: 6, state: 'pending' }),
    await put({ time: 7, state: 'withdrawn' }),
    await put({ time: 8, guarded: true }),
  ];
  for (const time of [9, 10, 11]) await put({ time });
  await settleMoves(registry, await version(1), own, 20);
  const left = (await tags(1)).map(([key]) => key).filter((key) => key.startsWith('mlctl.history.'));
  assert.deepEqual(left.toSorted(), kept.toSorted());
  assert.equal(recordsOf(await version(1)).length, 7);
  // Withdrawn by its own command after another one has put it into a list.
  await writeRecord(registry, 'm', own, championMove(null, 1, { time: 5, guarded: true, state: 'withdrawn' }));
  assert.equal(recordsOf(await version(1)).find(({ key }) => key === own)?.state, 'withdrawn');
  await stores.close();
});

test('a store whose tags cannot be removed keeps its history, and the move counts', async () => {
  const { registry, move, stores } = await registryWith(2);
  const refusing = new Proxy(registry, {
    get: (target, key) => {
      if (key === 'deleteModelVersionTag') return () => Promise.reject(new Error('no'));
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as ModelRegistry;
  for (let n = 0; n < 20; n++) assert.equal((await move((n % 2) + 1, {}, refusing)).moved, true);
  assert.equal((await readHistory(registry, 'm')).replayed.moves.length, 20);
  assert.equal((await versionsOf(registry, 'm')).length, 2);
  await stores.close();
});
