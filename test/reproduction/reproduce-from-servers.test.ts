// Models on real MLflow servers are made again from another folder and another cache, on every Node; Python's are replayed.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ReproduceDocument } from '../../src/reproduction/types.js';
import { runCli } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { type NodeMajor, nodeOf } from '../support/nodes.js';
import { scratch } from '../support/paths.js';
import { type PythonEnvironment, pythonOf, runPython } from '../support/python.js';
import { MIXED_CSV, RECIPES } from '../support/recipes.js';

const MAJORS: readonly NodeMajor[] = ['20', '22', '24', '26'];

function inFolder(env: Record<string, string>) {
  const cwd = scratch('mlctl-reproduce-');
  writeFileSync(join(cwd, 'data.csv'), MIXED_CSV);
  writeFileSync(join(cwd, 'recipe.yaml'), RECIPES['a logistic regression']!);
  return { cwd, env: { ...env, MLCTL_CACHE_DIR: join(cwd, 'cache') } };
}

function again(place: ReturnType<typeof inFolder>, uri: string, code: number, node?: string): ReproduceDocument {
  const done = runCli(['reproduce', uri, '--json'], { ...place, ...(node === undefined ? {} : { node }) });
  assert.equal(done.code, code, done.stdout + done.stderr);
  return JSON.parse(done.stdout);
}

const IDENTICAL = { payload: true, predictions: true, metrics: true };

/** What Python logs, with predictions that mlctl records when it registers the model. */
const PYTHON_LOGS = `
import sys, logging
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
from sklearn.linear_model import LinearRegression
mlflow.set_tracking_uri(sys.argv[1])
X = pd.DataFrame({"a": [1.0, 2.0, 3.5], "b": [0.5, 0.25, 4.0]})
model = LinearRegression().fit(X, [1.0, 2.0, 3.0])
with mlflow.start_run() as run:
    mlflow.sklearn.log_model(model, **{sys.argv[2]: "model"}, signature=mlflow.models.infer_signature(X, model.predict(X)), input_example=X)
print(run.info.run_id)
`;

for (const [name, environment, argument] of [
  ['MLflow 3', 'mlflow', 'name'],
  ['MLflow 2', 'mlflow2', 'artifact_path'],
] as const satisfies readonly (readonly [string, PythonEnvironment, string])[])
  test(`${name}: trained and registered there, made again from elsewhere`, async (t) => {
    const found = pythonOf(environment);
    if ('skip' in found) return t.skip(found.skip);
    const folder = scratch('mlctl-server-');
    const server = await startMlflow(found.python, folder);
    t.after(() => server.stop());
    const env = { MLFLOW_TRACKING_URI: server.url };
    const first = inFolder(env);
    const done = runCli(['train', 'recipe.yaml', '--register=mixed', '--json'], first);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    const { model_uri: uri, digest } = JSON.parse(done.stdout);
    const elsewhere = inFolder(env);
    for (const one of [uri, 'models:/mixed/1']) {
      const document = again(elsewhere, one, 0);
      assert.deepEqual(document.identical, IDENTICAL);
      assert.deepEqual(document.differences, []);
      assert.equal(document.actual.payload, digest.payload);
      // The data of the first folder is still there, so it is taken.
      assert.equal(document.actual.data[0]?.source, join(first.cwd, 'data.csv'));
    }
    await t.test('on every Node', (t) => {
      for (const major of environment === 'mlflow' ? MAJORS : []) {
        const other = nodeOf(major);
        if ('skip' in other) return t.skip(other.skip);
        const { identical, differences } = again(inFolder(env), uri, 0, other.node);
        assert.deepEqual(identical, IDENTICAL, major);
        assert.ok(differences.every(({ what, name, matters }) => what === 'version' && name === 'node' && !matters));
      }
    });
    await t.test('a model of Python is replayed once mlctl has recorded its predictions', async (t) => {
      const python = runPython(found.python, PYTHON_LOGS, [server.url, argument], { cwd: folder });
      if (python.status !== 0 && /No module named 'sklearn'/.test(python.stderr)) return t.skip('no scikit-learn here');
      assert.equal(python.status, 0, python.stderr);
      const run = python.stdout.trim().split('\n').at(-1)!;
      const unknown = again(elsewhere, `runs:/${run}/model`, 1);
      assert.deepEqual(unknown.identical, { payload: null, predictions: null, metrics: null });
      assert.match(unknown.unprovable[0] ?? '', /^payload: mlctl did not train the model$/);
      const registered = runCli(['register', `runs:/${run}/model`, '--name', 'theirs'], elsewhere);
      assert.equal(registered.code, 0, registered.stderr);
      const replayed = again(elsewhere, 'models:/theirs/1', 0);
      assert.deepEqual(replayed.identical, { payload: null, predictions: true, metrics: null });
      assert.equal(replayed.actual.predictions?.golden_rows, 3);
    });
  });
