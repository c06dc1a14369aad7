// The gate before a stage or an alias, through the library: a broken model passes only where the request says not to smoke.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveModel } from '../../src/loader/resolve-model.js';
import { goldenOf } from '../../src/model/golden.js';
import { promoteModel } from '../../src/operations/promote.js';
import { rollbackModel } from '../../src/operations/rollback.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import { assertChecks } from '../support/assert-checks.js';
import { ANSWER, irisLikePackage } from '../support/packages.js';
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
