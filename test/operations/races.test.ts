// promote --if-current where somebody else moves at the worst moment; rollback and history against a real MLflow server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelHistory } from '../../src/operations/history.js';
import { logModel } from '../../src/operations/log-model.js';
import { promoteModel } from '../../src/operations/promote.js';
import { rollbackModel } from '../../src/operations/rollback.js';
import { lazyStores, type Stores } from '../../src/operations/stores.js';
import type { TrackingStore } from '../../src/tracking/store.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { irisLikePlan } from '../support/plans.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

async function three(world: ReturnType<typeof testWorld>): Promise<Stores> {
  const stores = lazyStores(world, {});
  for (let n = 0; n < 3; n += 1)
    await logModel(world, stores, {}, irisLikePlan({ params: new Map([['n', String(n)]]), register: { name: 'm' } }));
  return stores;
}

/** The registry with one method done differently. */
function meddling(stores: Stores, change: (registry: TrackingStore) => Partial<TrackingStore>): Stores {
  const changed = async (): Promise<TrackingStore> => {
    const registry = await stores.registry();
    const changes = change(registry);
    return new Proxy(registry, {
      get(target, key) {
        const value = Reflect.get(key in changes ? changes : target, key) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return { ...stores, registry: changed };
}

test('a race lost after the write, and a move overwritten by it, are told', async () => {
  const world = testWorld();
  const stores = await three(world);
  const guarded = { name: 'm', alias: 'champion', smoke: false } as const;
  await promoteModel(world, { ...guarded, version: 1, ifCurrent: 'none' }, undefined, stores);

  const after = meddling(stores, (registry) => ({
    async setAlias(name, alias, version) {
      await registry.setAlias(name, alias, version);
      await registry.setAlias(name, alias, 3);
    },
  }));
  const lost = await promoteModel(world, { ...guarded, version: 2, ifCurrent: 1 }, undefined, after);
  assert.equal(lost.promoted, false);
  assert.deepEqual(lost.conflict, {
    kind: 'alias',
    target: 'champion',
    expected_version: 2,
    found_version: 3,
    when: 'after',
  });

  let looks = 0;
  const between = meddling(stores, (registry) => ({
    async getModelVersionByAlias(name, alias) {
      // The second look is that of the move itself: by then somebody has put version 1 there.
      if (++looks === 2) await registry.setAlias(name, alias, 1);
      return registry.getModelVersionByAlias(name, alias);
    },
  }));
  const overwrote = await promoteModel(world, { ...guarded, version: 2, ifCurrent: 3 }, undefined, between);
  assert.deepEqual(
    [overwrote.promoted, overwrote.conflict?.when, overwrote.conflict?.found_version],
    [false, 'overwrote', 1],
  );
  await stores.close();
});

const PYTHON_MOVES = `
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])
mlflow.MlflowClient().set_registered_model_alias("m", "champion", 3)
`;

test('a real MLflow server: moved, rolled back, moved by Python, refused', { timeout: 300_000 }, async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  const server = await startMlflow(found.python, folder);
  t.after(() => server.stop());
  const world = testWorld({ env: { USER: 'ada', MLFLOW_TRACKING_URI: server.url }, now: Date.now });
  const stores = await three(world);
  for (const version of [1, 2, 3]) {
    await promoteModel(world, { name: 'm', version, stage: 'Production', smoke: false }, undefined, stores);
    if (version < 3)
      await promoteModel(world, { name: 'm', version, alias: 'champion', smoke: false }, undefined, stores);
  }
  const stage = await rollbackModel(world, { name: 'm', stage: 'Production' }, undefined, stores);
  assert.deepEqual([stage.version, stage.previous_version, stage.rolled_back], [2, 3, true]);
  const alias = await rollbackModel(world, { name: 'm', alias: 'champion' }, undefined, stores);
  assert.deepEqual([alias.version, alias.previous_version], [1, 2]);

  assert.equal(runPython(found.python, PYTHON_MOVES, [server.url]).status, 0);
  await assert.rejects(rollbackModel(world, { name: 'm', alias: 'champion' }, undefined, stores), {
    code: 'VERSION_BEFORE_UNKNOWN',
  });
  const { moves } = await modelHistory(world, { name: 'm', alias: 'champion' });
  assert.deepEqual(
    moves.map((one) => [one.action, one.from_version, one.to_version, one.user]),
    [
      ['unknown', 1, 3, 'unknown'],
      ['rollback', 2, 1, 'ada'],
      ['promote', 1, 2, 'ada'],
      ['promote', null, 1, 'ada'],
    ],
  );
  await stores.close();
});
