// `train --register` killed with SIGKILL at random moments: whatever the moment, the store opens in mlctl and in Python,
// no registered version is without its whole package, and the next train works.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliKilledAfter, runCli } from '../support/cli.js';
import { checkStore } from '../support/invariants.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const KILLS = 100;
const TRAIN = ['train', '--register', '--stage', 'Production', '--alias', 'champion'];

/** Opens a copy (the first Python to open a store upgrades it) and loads every version through pyfunc's resolution. */
export const PYTHON_OPENS = `
import sys, mlflow
from mlflow import MlflowClient
mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])
client = MlflowClient()
runs = client.search_runs([e.experiment_id for e in client.search_experiments()], max_results=1000)
versions = [v for m in client.search_registered_models() for v in client.search_model_versions("name='%s'" % m.name)]
for version in versions:
    location = client.get_model_version_download_uri(version.name, version.version)
    model = mlflow.models.Model.load(location)
    assert model.signature is not None
print(len(runs), len(versions))
`;

test(`killed at ${KILLS} random moments`, { timeout: 900_000 }, async (t) => {
  const python = pythonOf('mlflow');
  if ('skip' in python) return t.skip(python.skip);
  const root = scratch();
  const warm = join(root, 'warm');
  mkdirSync(warm);
  const started = performance.now();
  assert.equal(runCli(TRAIN, { cwd: warm }).code, 0);
  const whole = performance.now() - started;

  let killed = 0;
  let folder = '';
  for (let n = 0; n < KILLS; n += 1) {
    // A new folder every ten kills, so that the making of the store is hit too.
    if (n % 10 === 0) {
      folder = join(root, `store-${n / 10}`);
      mkdirSync(folder);
    }
    const delay = whole * (0.15 + (1.0 * ((n * 37) % KILLS)) / KILLS);
    const ended = await cliKilledAfter(delay, TRAIN, { cwd: folder });
    if (ended.killed) killed += 1;
    else assert.equal(ended.code, 0);
    await checkStore(folder);
    if (n % 10 === 9) {
      const before = await checkStore(folder);
      const next = runCli(TRAIN, { cwd: folder });
      assert.equal(next.code, 0, next.stderr);
      const after = await checkStore(folder);
      assert.equal(after.versions, before.versions + 1);
      assert.equal(runCli(['smoke', 'models:/iris_clf/Production'], { cwd: folder }).code, 0);
      const copy = join(root, `copy-${n}`);
      cpSync(folder, copy, { recursive: true });
      const opened = runPython(python.python, PYTHON_OPENS, [join(copy, 'mlflow.db')], { cwd: copy });
      assert.equal(opened.status, 0, opened.stderr);
      assert.equal(opened.stdout.trim(), `${after.runs} ${after.versions}`);
    }
  }
  t.diagnostic(`${killed} of ${KILLS} runs were killed before their end (a whole run took ${whole.toFixed(0)} ms)`);
  assert.ok(killed >= KILLS / 2, `only ${killed} runs were killed: the delays do not fit this machine`);
});
