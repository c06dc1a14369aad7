// promote --if-current where somebody else moves at the worst moment; rollback and history against a real MLflow server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smokeExitCode } from '../../src/checks/smoke-exit-code.js';
import { promoteVerdict } from '../../src/cli/render/registry/moves.js';
import { plainStyle } from '../../src/cli/style.js';
import { MlctlError } from '../../src/errors/error.js';
import { modelHistory } from '../../src/operations/history.js';
import { promoteIn } from '../../src/operations/promote.js';
import { rollbackIn, rollbackModel } from '../../src/operations/rollback.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores, type Stores } from '../../src/session/stores.js';
import type { ModelRegistry } from '../../src/tracking/model-registry.js';
import { cliEnded } from '../support/cli.js';
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
function meddling(stores: Stores, change: (registry: ModelRegistry) => Partial<ModelRegistry>): Stores {
  const changed = async (): Promise<ModelRegistry> => {
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

test('a race lost after the write, and a move that it overwrote, are reported', async () => {
  const world = testWorld();
  const stores = await three(world);
  const guarded = { name: 'm', alias: 'champion', smoke: false } as const;
  await promoteIn(world, stores, { ...guarded, version: 1, ifCurrent: 'none' });

  const after = meddling(stores, (registry) => ({
    async setAlias(name, alias, version) {
      await registry.setAlias(name, alias, version);
      await registry.setAlias(name, alias, 3);
    },
  }));
  const lost = await promoteIn(world, after, { ...guarded, version: 2, ifCurrent: 1 });
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
      // The last look before the move: by then somebody has put version 1 there.
      if (++looks === 3) await registry.setAlias(name, alias, 1);
      return registry.getModelVersionByAlias(name, alias);
    },
  }));
  const late = await promoteIn(world, between, { ...guarded, version: 2, ifCurrent: 3 });
  assert.deepEqual([late.promoted, late.conflict?.when, late.conflict?.found_version], [false, 'before', 1]);
  assert.equal((await (await stores.registry()).getModelVersionByAlias('m', 'champion'))?.version, 1);
  await stores.close();
});

/** Which of several moves at once ended well, and which version the alias is at. */
async function whoWon(
  registry: ModelRegistry,
  moves: readonly Promise<{ version: number; promoted: boolean }>[],
): Promise<void> {
  const won = (await Promise.all(moves)).filter(({ promoted }) => promoted).map(({ version }) => version);
  assert.equal(won.length, 1, `${won.length} moves from the same version ended well: ${won}`);
  assert.equal((await registry.getModelVersionByAlias('m', 'champion'))?.version, won[0]);
}

test('two processes promote from the same version, eight times: one succeeds, and its version stays', {
  timeout: 300_000,
}, async () => {
  const cwd = scratch();
  const world = testWorld({ cwd, now: Date.now });
  const stores = await three(world);
  const registry = await stores.registry();
  for (let round = 0; round < 8; round += 1) {
    await promoteIn(world, stores, { name: 'm', version: 1, alias: 'champion', smoke: false });
    const promote = async (version: number) => {
      const args = ['promote', `m/${version}`, '--alias', 'champion', '--if-current', '1', '--no-smoke'];
      const { code, stderr } = await cliEnded(args, { cwd });
      assert.ok(code === 0 || code === 1, stderr);
      return { version, promoted: code === 0 };
    };
    await whoWon(registry, [promote(2), promote(3)]);
  }
  await stores.close();
});

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a record written later waits for the concurrent one: one succeeds', { timeout: 60_000 }, async () => {
  const world = testWorld({ now: Date.now });
  const stores = await three(world);
  await promoteIn(world, stores, { name: 'm', version: 1, alias: 'champion', smoke: false });
  let notes = 0;
  const slow = meddling(stores, (registry) => ({
    async setAlias(name, alias, version) {
      await later(150);
      await registry.setAlias(name, alias, version);
    },
    async setModelVersionTag(name, version, key, value) {
      if (++notes === 2) await later(9000);
      await registry.setModelVersionTag(name, version, key, value);
    },
  }));
  const behind = meddling(stores, (registry) => ({
    async setAlias(name, alias, version) {
      await later(400);
      await registry.setAlias(name, alias, version);
    },
  }));
  const guarded = { name: 'm', alias: 'champion', ifCurrent: 1, smoke: false } as const;
  await whoWon(await stores.registry(), [
    promoteIn(world, slow, { ...guarded, version: 2 }),
    later(50).then(() => promoteIn(world, behind, { ...guarded, version: 3 })),
  ]);
  await stores.close();
});

test('a move without --if-current is not undone by one with it', async () => {
  const world = testWorld({ now: Date.now });
  const stores = await three(world);
  await promoteIn(world, stores, { name: 'm', version: 1, alias: 'champion', smoke: false });
  const between = meddling(stores, (registry) => ({
    async setAlias(name, alias, version) {
      await promoteIn(world, stores, { name: 'm', version: 3, alias: 'champion', smoke: false });
      await registry.setAlias(name, alias, version);
    },
  }));
  const guarded = { name: 'm', version: 2, alias: 'champion', ifCurrent: 1, smoke: false } as const;
  const { promoted, conflict } = await promoteIn(world, between, guarded);
  assert.deepEqual([promoted, conflict?.when, conflict?.found_version], [false, 'after', 3]);
  assert.equal((await (await stores.registry()).getModelVersionByAlias('m', 'champion'))?.version, 3);
  await stores.close();
});

test('a conflict at the alias names the stage that moved before it; so do errors', async () => {
  const world = testWorld({ now: Date.now });
  const stores = await three(world);
  const both = { name: 'm', stage: 'Production', alias: 'champion', smoke: false } as const;
  await promoteIn(world, stores, { ...both, version: 1 });
  const between = meddling(stores, (registry) => ({
    async transitionStage(request) {
      await registry.transitionStage(request);
      await registry.setAlias('m', 'champion', 3);
    },
  }));
  const lost = await promoteIn(world, between, { ...both, version: 2, ifCurrent: 1 });
  assert.deepEqual([lost.promoted, lost.conflict?.kind, lost.conflict?.moved], [false, 'alias', ['stage Production']]);
  assert.match(
    promoteVerdict(plainStyle(false), lost),
    /alias champion of m is version 3, not version 1: it was not moved, but stage Production is version 2 now/,
  );

  const refusing = (method: 'setAlias' | 'setModelVersionTag') =>
    meddling(stores, () => ({
      [method]: () => Promise.reject(new MlctlError('PERMISSION_DENIED', 'no', { hint: 'sign in' })),
    }));
  const failing = async (registry: Stores, more: Partial<typeof both>): Promise<MlctlError> => {
    // Elsewhere first, so that there is something to move.
    await promoteIn(world, stores, { ...both, version: 1 });
    const failed = await promoteIn(world, registry, { ...both, version: 3, ...more }).catch((e) => e);
    assert.ok(failed instanceof MlctlError && failed.code === 'PERMISSION_DENIED');
    return failed;
  };
  const half = await failing(refusing('setAlias'), {});
  assert.match(half.message, /stage Production of m moved to version 3, whether alias champion moved is not known/);
  assert.deepEqual(half.details['moved'], ['stage Production']);
  assert.match(half.hint ?? '', /mlctl promote m\/3 --alias champion$/);
  // No tag, no move.
  const none = await failing(refusing('setModelVersionTag'), {});
  assert.match(none.message, /^no; stage Production and alias champion were not moved$/);
  assert.deepEqual(none.details['moved'], []);
  assert.match(none.hint ?? '', /then mlctl promote m\/3 --stage Production --alias champion$/);
  // Moved, and only the last word of its record was refused: history knows of it all the same.
  let notes = 0;
  const silent = meddling(stores, (registry) => ({
    async setModelVersionTag(...tag) {
      if (++notes === 2) throw new MlctlError('PERMISSION_DENIED', 'no', { hint: 'sign in' });
      await registry.setModelVersionTag(...tag);
    },
  }));
  const begun = await failing(silent, {});
  assert.match(begun.message, /^no; stage Production of m moved to version 3, .*, alias champion was not moved$/);
  assert.match(begun.hint ?? '', /then mlctl promote m\/3 --stage Production --alias champion$/);
  const { moves } = await modelHistory(world, { name: 'm', stage: 'Production' });
  assert.deepEqual([moves[0]?.to_version, moves[0]?.user], [3, 'ada']);
  await stores.close();
});

test('three processes move versions to Production at once: one stays there', { timeout: 120_000 }, async () => {
  const cwd = scratch();
  const world = testWorld({ cwd, now: Date.now });
  const stores = await three(world);
  for (let round = 0; round < 3; round += 1) {
    const ended = await Promise.all(
      [1, 2, 3].map((version) => cliEnded(['promote', `m/${version}`, '--stage', 'Production', '--no-smoke'], { cwd })),
    );
    for (const { code, stderr } of ended) assert.equal(code, 0, stderr);
    const { items } = await (await stores.registry()).searchModelVersions({ filter: "name = 'm'" });
    assert.equal(items.filter((one) => one.stage === 'Production').length, 1);
  }
  await stores.close();
});

test('a promote during the smoke of a rollback is not undone', async () => {
  const world = testWorld();
  const stores = await three(world);
  const registry = await stores.registry();
  for (const version of [1, 2]) await promoteIn(world, stores, { name: 'm', version, alias: 'champion', smoke: false });
  // Smoke asks where the version lies: then somebody else promotes.
  const meanwhile = meddling(stores, (store) => ({
    async getModelVersionLocation(name, version) {
      await promoteIn(world, stores, { name: 'm', version: 3, alias: 'champion', smoke: false });
      return store.getModelVersionLocation(name, version);
    },
  }));
  for (const to of [undefined, 2]) {
    const {
      rolled_back: back,
      conflict,
      smoke,
    } = await rollbackIn(world, meanwhile, { name: 'm', alias: 'champion', ...(to === undefined ? {} : { to }) });
    assert.ok(smoke && smokeExitCode(smoke) === 0);
    assert.deepEqual([back, conflict?.when, conflict?.found_version], [false, 'before', 3]);
    assert.equal((await registry.getModelVersionByAlias('m', 'champion'))?.version, 3);
    await promoteIn(world, stores, { name: 'm', version: 2, alias: 'champion', smoke: false });
  }
  await stores.close();
});

test('a slow clock does not change the history', async () => {
  const world = testWorld({ now: Date.now });
  const stores = await three(world);
  const at = (seconds: number) => ({ ...world, now: () => Date.now() + seconds * 1000 });
  for (const [version, skew] of [
    [1, 0],
    [2, 0],
    [3, -5],
  ] as const)
    await promoteIn(at(skew), stores, { name: 'm', version, alias: 'champion', smoke: false });
  await stores.close();
  const { moves } = await modelHistory(world, { name: 'm' });
  assert.deepEqual(
    moves.map((one) => [one.action, one.from_version, one.to_version]),
    [
      ['promote', 2, 3],
      ['promote', 1, 2],
      ['promote', null, 1],
    ],
  );
  assert.equal((await rollbackModel(world, { name: 'm', alias: 'champion', smoke: false })).version, 2);
});

test('stopped between the move and its confirmation: history shows the move, and rollback works', async () => {
  const world = testWorld({ now: Date.now });
  const stores = await three(world);
  await promoteIn(world, stores, { name: 'm', version: 1, alias: 'champion', smoke: false });
  const cut = meddling(stores, (registry) => ({
    async setAlias(name, alias, version) {
      await registry.setAlias(name, alias, version);
      throw new MlctlError('INTERRUPTED', 'stopped by Ctrl-C (SIGINT)');
    },
  }));
  const moving = promoteIn(world, cut, { name: 'm', version: 2, alias: 'champion', smoke: false });
  await assert.rejects(moving, (error) => {
    assert.ok(error instanceof MlctlError && error.code === 'INTERRUPTED');
    assert.match(error.message, /whether alias champion moved is not known/);
    assert.match(error.hint ?? '', /mlctl promote m\/2 --alias champion/);
    return true;
  });
  await stores.close();
  const [newest] = (await modelHistory(world, { name: 'm' })).moves;
  assert.deepEqual([newest?.action, newest?.from_version, newest?.to_version, newest?.user], ['promote', 1, 2, 'ada']);
  assert.equal((await rollbackModel(world, { name: 'm', alias: 'champion', smoke: false })).version, 1);
});

const PYTHON_READS = `
import sys, json, mlflow
mlflow.set_tracking_uri(sys.argv[1])
tags = mlflow.MlflowClient().get_model_version('m', 3).tags
moves = [json.loads(value) for key, value in sorted(tags.items()) if key.startswith('mlctl.history.')]
print(json.dumps([[move['user'], move['kind'], move['target'], move['from_version'], move['to_version']] for move in moves]))
`;
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
    await promoteIn(world, stores, { name: 'm', version, stage: 'Production', smoke: false });
    if (version < 3) await promoteIn(world, stores, { name: 'm', version, alias: 'champion', smoke: false });
  }
  const stage = await rollbackIn(world, stores, { name: 'm', stage: 'Production' });
  assert.deepEqual([stage.version, stage.previous_version, stage.rolled_back], [2, 3, true]);
  const alias = await rollbackIn(world, stores, { name: 'm', alias: 'champion' });
  assert.deepEqual([alias.version, alias.previous_version], [1, 2]);

  // Any client reads who moved what.
  const read = runPython(found.python, PYTHON_READS, [server.url]);
  assert.deepEqual(JSON.parse(read.stdout), [['ada', 'stage', 'Production', 2, 3]], read.stderr);

  assert.equal(runPython(found.python, PYTHON_MOVES, [server.url]).status, 0);
  await assert.rejects(rollbackIn(world, stores, { name: 'm', alias: 'champion' }), {
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

  // Moves of the same moment: one stands. An answer that comes late changes nothing of that.
  const registry = await stores.registry();
  await promoteIn(world, stores, { name: 'm', version: 1, alias: 'champion', smoke: false });
  const slow = meddling(stores, () => ({
    async setAlias(name, alias, version) {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await registry.setAlias(name, alias, version);
    },
  }));
  const guarded = { name: 'm', alias: 'champion', ifCurrent: 1, smoke: false } as const;
  await whoWon(registry, [
    promoteIn(world, slow, { ...guarded, version: 2 }),
    promoteIn(world, stores, { ...guarded, version: 3 }),
  ]);
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(
      [1, 2, 3].map((version) => promoteIn(world, stores, { name: 'm', version, stage: 'Production', smoke: false })),
    );
    const { items } = await registry.searchModelVersions({ filter: "name = 'm'" });
    assert.equal(items.filter((one) => one.stage === 'Production').length, 1);
  }
  await stores.close();
});
