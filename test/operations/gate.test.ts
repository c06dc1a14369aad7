// The gate before a stage or an alias, through the library: a broken model passes only where the request says not to smoke.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { resolveModel } from '../../src/loader/resolve-model.js';
import { goldenOf } from '../../src/model/golden.js';
import { modelHistory } from '../../src/operations/history.js';
import { promoteIn, promoteModel } from '../../src/operations/promote.js';
import { rollbackModel } from '../../src/operations/rollback.js';
import { logModel } from '../../src/runs/log-model.js';
import type { Signature } from '../../src/schema/types.js';
import { existingStores, lazyStores } from '../../src/session/stores.js';
import { assertChecks } from '../support/assert-checks.js';
import { ANSWER, irisLikePackage, SIGNATURE } from '../support/packages.js';
import { irisLikePlan } from '../support/plans.js';
import { testWorld } from '../support/worlds.js';

/** What no run of the model answers. */
const OTHER = goldenOf({
  ...ANSWER,
  columns: ANSWER.columns.map((column) =>
    column.name === 'label' ? { ...column, type: 'long', values: BigInt64Array.of(7n, 7n, 7n) } : column,
  ),
});

/** Version 1 gives other predictions than were recorded, version 2 is sound. */
async function brokenAndSound(): Promise<ReturnType<typeof testWorld>> {
  const world = testWorld();
  const stores = lazyStores(world, {});
  for (const golden of [OTHER, goldenOf(ANSWER)])
    await logModel(
      world,
      stores,
      {},
      irisLikePlan({
        params: new Map([['label', String(golden.predictions['label'])]]),
        buildPackage: (ids) => irisLikePackage({ ...ids, golden }),
        register: { name: 'm' },
      }),
    );
  await stores.close();
  return world;
}

test('promote moves a broken version only with smoke: false', async () => {
  const world = await brokenAndSound();
  const place = { name: 'm', version: 1, stage: 'Production', alias: 'champion' } as const;
  for (const request of [place, { ...place, ifCurrent: 'none' as const }, { ...place, mode: 'mlflow' as const }]) {
    const { promoted, smoke, conflict } = await promoteModel(world, request);
    assert.deepEqual([promoted, conflict], [false, null]);
    assertChecks(smoke!.checks, { fail: ['golden'], skip: ['rescore', 'latency'] });
  }
  for (const uri of ['models:/m/Production', 'models:/m@champion'])
    await assert.rejects(resolveModel(world, uri), { code: 'MODEL_NOT_FOUND' });
  const { promoted, smoke } = await promoteModel(world, { ...place, smoke: false });
  assert.deepEqual([promoted, smoke], [true, null]);
});

test('the new version is read and verified once, though smoke and the comparison both look at it', async () => {
  const world = await brokenAndSound();
  await promoteModel(world, { name: 'm', version: 1, alias: 'champion', smoke: false });
  const stores = existingStores(world, {});
  const registry = await stores.registry();
  const asked: number[] = [];
  const counting = new Proxy(registry, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown;
      if (typeof value !== 'function') return value;
      if (key === 'getModelVersionLocation')
        return (name: string, version: number) => {
          asked.push(version);
          return target.getModelVersionLocation(name, version);
        };
      return value.bind(target) as unknown;
    },
  });
  const { promoted, contracts } = await promoteIn(
    world,
    { ...stores, registry: async () => counting },
    { name: 'm', version: 2, alias: 'champion' },
  );
  await stores.close();
  assert.deepEqual([promoted, contracts.map(({ version, unknown }) => [version, unknown])], [true, [[1, null]]]);
  assert.deepEqual(asked.toSorted(), [1, 2]);
});

test('rollback goes back to a broken version only with smoke: false', async () => {
  const world = await brokenAndSound();
  const place = { name: 'm', stage: 'Production' } as const;
  await promoteModel(world, { ...place, version: 1, smoke: false });
  const sound = await promoteModel(world, { ...place, version: 2 });
  assert.equal(sound.promoted, true);
  assertChecks(sound.smoke!.checks, { skip: ['rescore', 'latency'] });
  for (const request of [place, { ...place, to: 1 }]) {
    const { rolled_back: back, smoke } = await rollbackModel(world, request);
    assert.equal(back, false);
    assertChecks(smoke!.checks, { fail: ['golden'], skip: ['rescore', 'latency'] });
  }
  const { rolled_back: back, version, smoke } = await rollbackModel(world, { ...place, smoke: false });
  assert.deepEqual([back, version, smoke], [true, 1, null]);
});

const renamed: Signature = {
  ...SIGNATURE,
  inputs:
    SIGNATURE.inputs?.kind === 'columns'
      ? {
          kind: 'columns',
          columns: SIGNATURE.inputs.columns.map((one, at) => (at === 0 ? { ...one, name: 'renamed' } : one)),
        }
      : SIGNATURE.inputs,
};

/** Version 1, then one that is the same but for worse metrics, then one whose first input has another name. */
async function threeVersions(): Promise<ReturnType<typeof testWorld>> {
  const world = testWorld();
  const stores = lazyStores(world, {});
  for (const [signature, accuracy] of [
    [SIGNATURE, 0.9],
    [SIGNATURE, 0.8],
    [renamed, 0.95],
  ] as const)
    await logModel(
      world,
      stores,
      {},
      irisLikePlan({
        signature,
        metrics: new Map([
          ['val_acc', accuracy],
          ['val_log_loss', 1 - accuracy],
          ['rows', 150],
        ]),
        buildPackage: (ids) => irisLikePackage({ ...ids, signature }),
        register: { name: 'm' },
      }),
    );
  await stores.close();
  return world;
}

test('promote tells what got worse, and refuses a signature that breaks callers unless it is allowed', async () => {
  const world = await threeVersions();
  const place = { name: 'm', alias: 'champion', smoke: false } as const;
  const first = await promoteModel(world, { ...place, version: 1 });
  assert.deepEqual([first.promoted, first.contracts, first.previous_version], [true, [], null]);

  const worse = await promoteModel(world, { ...place, version: 2 });
  assert.equal(worse.promoted, true);
  assert.deepEqual(
    worse.contracts.map(({ diff, ...contract }) => contract),
    [
      {
        version: 1,
        breaking: false,
        changes: [],
        metrics: [
          { name: 'rows', before: 150, after: 150, change: 'same' },
          { name: 'val_acc', before: 0.9, after: 0.8, change: 'worse' },
          { name: 'val_log_loss', before: 1 - 0.9, after: 1 - 0.8, change: 'worse' },
        ],
        unknown: null,
      },
    ],
  );

  const refused = await promoteModel(world, { ...place, version: 3 });
  assert.deepEqual([refused.promoted, refused.conflict, refused.moves], [false, null, []]);
  const [contract] = refused.contracts;
  assert.equal(contract?.breaking, true);
  assert.deepEqual(
    contract?.changes.map(({ part, name, change, breaking }) => [part, name, change, breaking]),
    [
      ['inputs', 'a', 'removed', true],
      ['inputs', 'renamed', 'added', true],
    ],
  );
  assert.match(contract?.changes[0]?.message ?? '', /input "a" is gone/);
  assert.equal((await resolveModel(world, 'models:/m@champion')).document.version, 2);

  const allowed = await promoteModel(world, { ...place, version: 3, allowSignatureChange: true });
  assert.deepEqual([allowed.promoted, allowed.previous_version], [true, 2]);
  // Back again: a rollback says it and is not refused.
  const back = await rollbackModel(world, { name: 'm', alias: 'champion', smoke: false });
  assert.deepEqual([back.rolled_back, back.version, back.contract?.breaking], [true, 2, true]);
});

test('a version that cannot be read any more is told, and does not stop the one that replaces it', async () => {
  const world = await threeVersions();
  await promoteModel(world, { name: 'm', version: 1, alias: 'champion', smoke: false });
  const { document } = await resolveModel(world, 'models:/m/1');
  rmSync(document.location, { recursive: true });
  const { promoted, contracts } = await promoteModel(world, { name: 'm', version: 2, alias: 'champion', smoke: false });
  assert.equal(promoted, true);
  assert.match(contracts[0]?.unknown ?? '', /there is no folder/);
});

test('what is there already is not moved and leaves no record; each stage and alias is told on its own', async () => {
  const world = await threeVersions();
  const place = { name: 'm', version: 1, smoke: false } as const;
  await promoteModel(world, { ...place, alias: 'champion' });
  const both = await promoteModel(world, { ...place, alias: 'champion', stage: 'Production' });
  assert.deepEqual(both.moves, [
    { kind: 'stage', target: 'Production', from_version: null, moved: true },
    { kind: 'alias', target: 'champion', from_version: 1, moved: false },
  ]);
  const again = await promoteModel(world, { ...place, alias: 'champion', stage: 'Production', ifCurrent: 1 });
  assert.deepEqual([again.promoted, again.moves.some(({ moved }) => moved)], [true, false]);
  const { moves } = await modelHistory(world, { name: 'm' });
  assert.deepEqual(
    moves.map(({ kind, from_version, to_version }) => [kind, from_version, to_version]),
    [
      ['stage', null, 1],
      ['alias', null, 1],
    ],
  );
});
