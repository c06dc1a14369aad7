// What every model registry must do, whatever it is made of: one suite, run over each implementation.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import type { MlflowStore } from '../../src/tracking/mlflow-store.js';
import { type Logged, logOneRun, register } from '../tracking/test-world.js';

const anyError = (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.notEqual(error.code, 'BUG');
  return true;
};

/** `open` is called once; the store may hold other things than this suite's. Its runs are what is registered. */
export function modelRegistryContract(name: string, open: () => Promise<MlflowStore>): void {
  describe(`model registry: ${name}`, () => {
    let store: MlflowStore;
    let logged: Logged;
    const model = `clf ${randomUUID().slice(0, 8)}`;
    before(async () => {
      store = await open();
      logged = await logOneRun(store, 'first');
    });
    after(() => store.close());

    test('versions count up, move between stages and carry aliases', async () => {
      assert.equal(await store.getRegisteredModel(model), null);
      const first = await register(store, model, logged);
      assert.equal(first.version, 1);
      assert.equal(first.runId, logged.runId);
      assert.equal((await register(store, model, logged)).version, 1, 'the same request finds the first version');
      const other = await logOneRun(store, 'second', { acc: 0.9 });
      const second = await register(store, model, other);
      assert.equal(second.version, 2);
      assert.equal(second.stage, 'None');
      assert.equal(second.tags.get('mlctl.package'), 'sha256:11');
      await store.transitionStage({ name: model, version: 1, stage: 'Production', archiveExisting: false });
      await store.transitionStage({ name: model, version: 2, stage: 'Production', archiveExisting: true });
      assert.equal((await store.getModelVersion(model, 1))?.stage, 'Archived');
      assert.deepEqual(
        (await store.getLatestVersions(model, ['production'])).map((v) => v.version),
        [2],
      );
      assert.deepEqual((await store.getLatestVersions(model)).map((v) => v.version).sort(), [1, 2]);
      await store.setAlias(model, 'champion', 1);
      await store.setAlias(model, 'champion', 2);
      assert.equal((await store.getModelVersionByAlias(model, 'champion'))?.version, 2);
      assert.deepEqual((await store.getModelVersion(model, 2))?.aliases, ['champion']);
      assert.equal((await store.getRegisteredModel(model))?.aliases.get('champion'), 2);
      const folder = other.modelId === '' ? `/${other.runId}/artifacts/model` : `/models/${other.modelId}/artifacts`;
      assert.ok((await store.getModelVersionLocation(model, 2)).endsWith(folder));
      await store.setModelVersionTag(model, 2, 'by', 'ada');
      assert.equal((await store.getModelVersion(model, 2))?.tags.get('by'), 'ada');
      await store.setModelVersionTag(model, 2, 'of', 'red');
      for (const _ of [1, 2]) await store.deleteModelVersionTag(model, 2, 'by');
      const left = (await store.getModelVersion(model, 2))?.tags;
      assert.deepEqual([left?.has('by'), left?.get('of')], [false, 'red']);
      const found = await store.searchModelVersions({ filter: `name = '${model}'`, orderBy: ['version_number ASC'] });
      assert.deepEqual(
        found.items.map((v) => v.version),
        [1, 2],
      );
      assert.ok((await store.searchRegisteredModels({ filter: `name = '${model}'` })).items.length === 1);
      assert.equal(await store.getModelVersion(model, 3), null);
    });

    test('reserved and unsafe names are refused', async () => {
      await register(store, `${model} names`, logged);
      for (const alias of ['latest', 'LATEST', 'v1', 'V22'])
        await assert.rejects(store.setAlias(`${model} names`, alias, 1), anyError);
      for (const bad of ['a/b', 'a:b', '..', '', `m-${'0'.repeat(32)}`])
        await assert.rejects(store.ensureRegisteredModel(bad), anyError);
    });

    test('a version of a logged model that is not there is refused before anything is made', async () => {
      assert.equal(await store.hasLoggedModel(`m-${'0'.repeat(32)}`), false);
      assert.equal(await store.hasLoggedModel(logged.modelId), logged.modelId !== '');
    });

    test('a version that is not there is not moved', async () => {
      await assert.rejects(store.setAlias(model, 'x', 77), anyError);
      await assert.rejects(
        store.transitionStage({ name: model, version: 77, stage: 'Staging', archiveExisting: false }),
        anyError,
      );
    });
  });
}
