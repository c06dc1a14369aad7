import assert from 'node:assert/strict';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { loadModel } from '../../src/operations/load.js';
import { promoteModel } from '../../src/operations/promote.js';
import { registerModel } from '../../src/operations/register.js';
import { listRuns } from '../../src/operations/runs.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import type { World } from '../../src/world.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { irisLikePlan } from '../support/plans.js';
import { type PythonEnvironment, pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  return true;
};

const PYTHON_LOADS = `
import sys, json, logging
logging.disable(logging.CRITICAL)
import mlflow
mlflow.set_tracking_uri(sys.argv[1])
out = []
for uri in json.loads(sys.argv[2]):
    m = mlflow.pyfunc.load_model(uri)
    import pandas as pd
    out.append(m.predict(pd.DataFrame({"a": [1.0, 2.5, 0.0], "b": [0.0, 3.0, 0.25]}))["label"].tolist())
print(json.dumps(out))
`;

const SERVERS: {
  name: string;
  environment: PythonEnvironment;
  loggedModels: boolean;
  args: (folder: string) => string[];
}[] = [
  {
    name: 'MLflow 3, artifacts through the server',
    environment: 'mlflow',
    loggedModels: true,
    args: (folder) => ['--artifacts-destination', join(folder, 'art')],
  },
  {
    name: 'MLflow 3, artifacts beside the server',
    environment: 'mlflow',
    loggedModels: true,
    args: (folder) => ['--no-serve-artifacts', '--default-artifact-root', join(folder, 'art')],
  },
  {
    name: 'MLflow 2, artifacts through the server',
    environment: 'mlflow2',
    loggedModels: false,
    args: (folder) => ['--artifacts-destination', join(folder, 'art')],
  },
];

for (const { name, environment, loggedModels, args } of SERVERS) {
  test(`${name}: logged, registered, promoted, fetched, verified; Python loads it`, async (t) => {
    const found = pythonOf(environment);
    if ('skip' in found) return t.skip(found.skip);
    const folder = scratch();
    const server = await startMlflow(found.python, folder, { args: args(folder) });
    t.after(() => server.stop());
    const env = { USER: 'ada', MLFLOW_TRACKING_URI: server.url, MLCTL_CACHE_DIR: join(folder, 'cache') };
    // The server's clock is real: ours must not be far from it, or `latest` means little.
    const world: World = testWorld({ env, now: Date.now });
    const stores = lazyStores(world, {});
    const done = await logModel(
      world,
      stores,
      {},
      irisLikePlan({
        params: new Map([['C', '1.0']]),
        register: { name: 'iris_clf', stage: 'Production', alias: 'champion' },
      }),
    );
    await stores.close();
    assert.equal(done.model_id !== null, loggedModels);
    assert.deepEqual(done.registered, { name: 'iris_clf', version: 1 });

    const uris = [
      done.model_uri ?? '',
      'models:/iris_clf/1',
      'models:/iris_clf/production',
      'models:/iris_clf/latest',
      'models:/iris_clf@champion',
      ...(done.model_id === null ? [] : [`models:/${done.model_id}`]),
    ];
    for (const uri of uris) {
      const got = await loadModel(world, { uri });
      assert.deepEqual(got.digest, done.digest, uri);
      assert.equal(got.verified, uri.startsWith('models:/iris') ? 'registry' : 'run', uri);
      assert.equal(got.lineage?.experiment, '03-models-pyfunc');
    }
    assert.equal((await loadModel(world, {})).uri, done.model_uri);
    assert.equal((await listRuns(world, {})).runs[0]?.models[0], done.model_uri);
    if (done.path === null) assert.equal(readdirSync(join(folder, 'cache', 'packages')).length, 1);

    const again = await registerModel(world, { uri: done.model_uri ?? '', name: 'iris_clf' });
    assert.deepEqual([again.version, again.created], [1, false]);
    assert.equal((await promoteModel(world, { name: 'iris_clf', stage: 'Staging', smoke: false })).promoted, true);
    await assert.rejects(loadModel(world, { uri: 'models:/iris_clf/Production' }), code('MODEL_NOT_FOUND'));
    await assert.rejects(loadModel(world, { uri: 'models:/iris_clf@nobody' }), code('MODEL_NOT_FOUND'));
    await assert.rejects(loadModel(world, { uri: 'models:/irisclf/1' }), code('MODEL_NOT_FOUND'));

    const python = runPython(found.python, PYTHON_LOADS, [
      server.url,
      JSON.stringify([done.model_uri, 'models:/iris_clf/1', 'models:/iris_clf/Staging', 'models:/iris_clf@champion']),
    ]);
    assert.equal(python.status, 0, python.stderr);
    assert.deepEqual(JSON.parse(python.stdout.trim().split('\n').at(-1) ?? ''), Array(4).fill([1, 0, 0]));

    // Someone changes the payload in the store's folder: nobody who must fetch it takes it.
    const payload =
      readdirSync(join(folder, 'art'), { recursive: true })
        .map(String)
        .find((file) => file.endsWith('model.onnx')) ?? '';
    appendFileSync(join(folder, 'art', payload), 'x');
    const elsewhere: World = testWorld({ env: { ...env, MLCTL_CACHE_DIR: join(folder, 'cache2') }, now: Date.now });
    for (const uri of uris.slice(0, 2))
      await assert.rejects(loadModel(elsewhere, { uri }), code('INTEGRITY_MISMATCH'), uri);
    if (done.path === null)
      assert.deepEqual(
        [readdirSync(join(folder, 'cache2', 'packages')), readdirSync(join(folder, 'cache2', 'fetching'))],
        [[], []],
      );
  });
}
