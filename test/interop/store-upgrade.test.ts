// Python's upgrade of a store file raced and killed: after repairStore nothing is lost and Python opens the file.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openTracking } from '../../src/tracking/open.js';
import { backupPath } from '../../src/tracking/sqlite/file/backup.js';
import { repairStore } from '../../src/tracking/sqlite/file/repair-store.js';
import { scratch } from '../support/paths.js';
import { type PythonEnvironment, pythonOf } from '../support/python.js';
import { logOneRun, register, testWorld } from '../tracking/test-world.js';
import { PythonOpeners } from './python-openers.js';

/** Each round costs Python's whole upgrade, 1 to 4 s; MLCTL_UPGRADE_ROUNDS asks for more. */
const ROUNDS = Number(process.env['MLCTL_UPGRADE_ROUNDS'] ?? 20);

for (const environment of ['mlflow', 'mlflow318'] satisfies PythonEnvironment[]) {
  const found = pythonOf(environment);
  describe(`upgrade by ${environment}`, { skip: 'skip' in found ? found.skip : false }, () => {
    let openers: PythonOpeners;
    const folder = scratch();
    const original = join(folder, 'mlflow.db');
    let runs: string[] = [];
    let models: string[] = [];
    let writes = 0;

    before(async () => {
      openers = await PythonOpeners.start('python' in found ? found.python : '');
      const store = await openTracking(testWorld(folder));
      const first = await logOneRun(store, 'first');
      const second = await logOneRun(store, 'second');
      await register(store, 'clf', first);
      await register(store, 'clf', second);
      await store.setAlias('clf', 'champion', 2);
      await store.close();
      runs = [first.runId, second.runId].sort();
      models = [first.modelId, second.modelId].sort();
      const opened = await openers.open(copyTo('timing'));
      assert.equal(opened.error, undefined);
      writes = opened.writes;
      assert.ok(writes > 100);
    });
    after(() => openers?.stop());

    function copyTo(name: string): string {
      mkdirSync(join(folder, name));
      const path = join(folder, name, 'mlflow.db');
      copyFileSync(original, path);
      copyFileSync(backupPath(original), backupPath(path));
      return path;
    }

    async function allThere(path: string): Promise<void> {
      const read = await openers.read(path);
      assert.equal(read.error, undefined);
      assert.deepEqual(read.runs, runs);
      assert.deepEqual(read.models, models);
      assert.deepEqual(read.versions, ['clf/1', 'clf/2']);
      for (const run of runs) {
        assert.deepEqual(read.params[run], { C: '1.0', solver: 'lbfgs' });
        assert.deepEqual(read.metrics[run], {
          acc: '0.75',
          nan: 'nan',
          up: '1.7976931348623157e+308',
          down: '-1.7976931348623157e+308',
          curve: '0.2',
        });
        assert.deepEqual(read.datasets[run], ['train']);
      }
    }

    async function survives(path: string, tally: Map<string, number>): Promise<void> {
      const { action, remarks, keptBeside } = await repairStore(path, testWorld(join(path, '..')));
      tally.set(action, (tally.get(action) ?? 0) + 1);
      assert.notEqual(action, 'restored', `what is in the file should be enough: ${remarks.join('; ')}`);
      assert.equal(keptBeside !== null && existsSync(keptBeside), action !== 'none');
      await allThere(path);
    }

    test('two openers at the same instant', async (t) => {
      const tally = new Map<string, number>();
      for (let i = 0; i < ROUNDS; i++) {
        const path = copyTo(`race-${i}`);
        await openers.race(path);
        await survives(path, tally);
      }
      t.diagnostic([...tally].map(([outcome, n]) => `${n} ${outcome}`).join(', '));
    });

    test('killed after any of the statements of the upgrade', async (t) => {
      const tally = new Map<string, number>();
      for (let i = 0; i < ROUNDS; i++) {
        const path = copyTo(`kill-${i}`);
        const { error } = await openers.kill(path, 1 + Math.floor((writes * i) / ROUNDS));
        assert.equal(error, 'killed');
        await survives(path, tally);
      }
      t.diagnostic([...tally].map(([outcome, n]) => `${n} ${outcome}`).join(', '));
    });
  });
}
