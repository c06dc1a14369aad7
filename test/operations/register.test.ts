// register: by several processes at once, with pointers that are refused, and on a server that has not got the model.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { GOLDEN_TAG } from '../../src/loader/golden-tag.js';
import { GOLDEN_FILE } from '../../src/model/golden.js';
import type { PackageIds } from '../../src/model/package-ids.js';
import type { RegisterDocument } from '../../src/operations/register.js';
import { registerModel } from '../../src/operations/register.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { packageToLog } from '../../src/packaging/log-package.js';
import { checkRegistration, recordModelVersion } from '../../src/registry/record-model-version.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores, type Stores } from '../../src/session/stores.js';
import type { World } from '../../src/world.js';
import { cliEnded, cliJson } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { FIXTURES, scratch } from '../support/paths.js';
import { irisLikePlan } from '../support/plans.js';
import { pythonOf } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

test('three processes register one model: all return the same version, and so does the next', {
  timeout: 120_000,
}, async () => {
  const cwd = scratch();
  const world = testWorld({ cwd, now: Date.now });
  const stores = lazyStores(world, {});
  const { model_uri: uri } = await logModel(world, stores, {}, irisLikePlan());
  for (const name of ['a', 'b', 'c', 'd']) {
    const args = ['register', uri ?? '', '--name', name, '--alias', 'new', '--json'];
    const ended = await Promise.all([1, 2, 3].map(() => cliEnded(args, { cwd })));
    const answers = ended.map(({ stdout }) => JSON.parse(stdout) as RegisterDocument);
    assert.deepEqual(
      answers.map(({ version }) => version),
      [1, 1, 1],
    );
    assert.equal(answers.filter(({ created }) => created).length, 1);
    const again = cliJson<RegisterDocument>(args.slice(0, -1), { cwd });
    assert.deepEqual([again.version, again.created], [1, false]);
    assert.equal((await (await stores.registry()).getModelVersionByAlias(name, 'new'))?.version, 1);
  }
  await stores.close();
});

test('a version that another process made between the look-up and the creation is used', async () => {
  const world = testWorld();
  const stores = lazyStores(world, {});
  const logged = await logModel(world, stores, {}, irisLikePlan({ register: { name: 'm' } }));
  const registry = await stores.registry();
  const source = `models:/${logged.model_id}`;
  const version = await recordModelVersion(world, registry, {
    name: 'm',
    alias: 'new',
    uri: logged.model_uri ?? '',
    source,
    modelId: logged.model_id,
    runId: logged.run_id,
    tags: new Map(),
    same: (one) => one.source === source,
  });
  assert.equal(version.version, 1);
  assert.equal((await registry.getModelVersionByAlias('m', 'new'))?.version, 1);
  assert.match(world.notes.join('\n'), /it is version 1, and version 2 is a duplicate/);
  // And what is there twice already is the first, too.
  assert.equal((await registerModel(world, { uri: logged.model_uri ?? '', name: 'm' })).version, 1);
  await stores.close();
});

const PYTHON_PACKAGE = join(FIXTURES, 'python', 'packages', 'iris-pipeline', 'model');

/** A model that Python logged: a run has it, and nobody recorded what it answers. */
async function loggedByPython(world: World, stores: Stores) {
  const pkg = await packageToLog(world, PYTHON_PACKAGE, { path: PYTHON_PACKAGE });
  const buildPackage = async (ids: PackageIds) => {
    const files = new Map(await pkg.build(ids));
    files.delete(GOLDEN_FILE);
    return files;
  };
  return logModel(world, stores, {}, irisLikePlan({ payload: pkg.payload, signature: pkg.signature, buildPackage }));
}

test('the predictions of a model that has none are recorded when it is registered, and smoke compares with them', async () => {
  const world = testWorld({ now: Date.now });
  const stores = lazyStores(world, {});
  const { model_uri: uri } = await loggedByPython(world, stores);
  await registerModel(world, { uri: uri ?? '', name: 'iris' });
  const registry = await stores.registry();
  const golden = (await registry.getModelVersion('iris', 1))?.tags.get(GOLDEN_TAG) ?? '';
  assert.deepEqual(JSON.parse(golden).predictions, { prediction: ['setosa', 'setosa', 'setosa'] });
  const check = async () => {
    const { checks } = await smokeModel(world, { uri: 'models:/iris/1' });
    return checks.find(({ name }) => name === 'golden');
  };
  assert.equal((await check())?.status, 'pass');
  await registry.setModelVersionTag('iris', 1, GOLDEN_TAG, golden.replace('setosa', 'virginica'));
  assert.equal((await check())?.status, 'fail');
  // what is recorded is not changed
  await registerModel(world, { uri: uri ?? '', name: 'iris' });
  assert.match((await registry.getModelVersion('iris', 1))?.tags.get(GOLDEN_TAG) ?? '', /virginica/);
  await stores.close();
});

test('names: 256 characters as Python counts them, and only names that searches can spell', () => {
  checkRegistration({ name: '😀'.repeat(256) });
  checkRegistration({ name: "it's" });
  for (const [name, why] of [
    ['😀'.repeat(257), /has 257 characters, and MLflow keeps 256/],
    ['x'.repeat(5000), /has 5000 characters/],
    [`a'b"c`, /both kinds of quotes/],
  ] as const)
    assert.throws(
      () => checkRegistration({ name }),
      (error) => error instanceof MlctlError && error.code === 'NAME_INVALID' && why.test(error.message),
    );
});

test('a registry on another server than the model: refused, no empty name is left', { timeout: 120_000 }, async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const server = await startMlflow(found.python, scratch());
  t.after(() => server.stop());
  const world = testWorld();
  const { model_uri: uri } = await logModel(world, lazyStores(world, {}), {}, irisLikePlan());
  const elsewhere = { uri: uri ?? '', name: 'm', registryUri: server.url };
  await assert.rejects(registerModel(world, elsewhere), (error) => {
    assert.ok(error instanceof MlctlError && error.code === 'MODEL_NOT_FOUND');
    assert.match(error.message, /only knows its own models/);
    assert.match(error.hint ?? '', /unset MLFLOW_REGISTRY_URI/);
    return true;
  });
  const registry = await lazyStores(world, { registryUri: server.url }).registry();
  assert.equal(await registry.getRegisteredModel('m'), null);

  // A version that is there is told though its alias is refused.
  const there = testWorld({ env: { USER: 'ada', MLFLOW_TRACKING_URI: server.url }, now: Date.now });
  const stores = lazyStores(there, {});
  const logged = await logModel(there, stores, {}, irisLikePlan());
  const own = await stores.registry();
  const refusing = new Proxy(own, {
    get: (target, key) => {
      if (key === 'setAlias') return () => Promise.reject(new MlctlError('PERMISSION_DENIED', 'no'));
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const failed = await recordModelVersion(there, refusing, {
    name: 'm',
    alias: 'new',
    uri: logged.model_uri ?? '',
    source: `models:/${logged.model_id}`,
    modelId: logged.model_id,
    runId: logged.run_id,
    tags: new Map(),
  }).catch((error) => error);
  assert.ok(failed instanceof MlctlError);
  assert.deepEqual(failed.details['registered'], { name: 'm', version: 1 });
  await stores.close();
});
