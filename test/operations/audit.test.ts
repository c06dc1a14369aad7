// Audits of models that mlctl trained, that `mlctl log` logged and that Python logged, of a whole registry, and before a promotion.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { auditExitCode } from '../../src/checks/audit-exit-code.js';
import { MlctlError } from '../../src/errors/error.js';
import { auditModel } from '../../src/operations/audit.js';
import { auditAll } from '../../src/operations/audit-all.js';
import { loadModel } from '../../src/operations/load.js';
import { logExisting } from '../../src/operations/log.js';
import { promoteModel } from '../../src/operations/promote.js';
import { trainModel } from '../../src/operations/train.js';
import { type AuditedStore, auditedStore, UNTOUCHED, verdictsOf } from '../support/audited-store.js';
import { runCli } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { type PythonEnvironment, pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const embedded = (): Promise<AuditedStore> =>
  auditedStore(async (work) => ({
    uri: `sqlite:///${work}/mlflow.db`,
    database: join(work, 'mlflow.db'),
    artifacts: join(work, 'mlruns'),
  }));

test('with --reproduce the training is repeated, and a bundle of it is judged the same', async () => {
  const store = await embedded();
  const folder = join(scratch(), 'evidence');
  const audit = await store.audit({ reproduce: true, bundle: folder });
  assert.deepEqual(verdictsOf(audit), { ...UNTOUCHED, reproduction: 'proven' }, JSON.stringify(audit.lines, null, 1));
  const offline = await store.audit({ uri: folder });
  assert.equal(JSON.stringify(offline.lines), JSON.stringify(audit.lines));
  // Data that changed gives another model, and the line names the file.
  const undo = store.file(join(store.folders.work, 'rows.csv'), (bytes) => String(bytes).replaceAll('yes', 'maybe'));
  const changed = await store.audit({ reproduce: true });
  undo();
  assert.deepEqual(verdictsOf(changed), { ...UNTOUCHED, data: 'refuted', reproduction: 'refuted' });
  assert.match(changed.lines.find(({ id }) => id === 'reproduction')!.message, /rows\.csv/);
});

test('the data is found where it lies now, and a folder without a store is not made one', async () => {
  const store = await embedded();
  const moved = join(scratch(), 'moved.csv');
  const undo = store.file(join(store.folders.work, 'rows.csv'), (bytes) => {
    writeFileSync(moved, bytes);
    return '';
  });
  assert.equal(verdictsOf(await store.audit()).data, 'refuted');
  assert.equal(verdictsOf(await store.audit({ data: moved })).data, 'proven');
  undo();
  const world = testWorld();
  await assert.rejects(
    () => auditModel(world, { uri: 'models:/nothing/1' }),
    (error) => error instanceof MlctlError && error.exitCode === 3,
  );
  assert.deepEqual(readdirSync(world.cwd), []);
  assert.equal(existsSync(join(world.cwd, 'mlflow.db')), false);
});

test('what is not a model is the error that load has, not a model that is refuted', async () => {
  const world = testWorld();
  const folders: Record<string, Record<string, string>> = {
    empty: {},
    'not-a-model': { 'notes.txt': 'hello' },
    'not-mlflow': { MLmodel: 'hello' },
  };
  for (const [name, files] of Object.entries(folders)) {
    mkdirSync(join(world.cwd, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(world.cwd, name, file), text);
    const refusal = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => assert.fail(`${name} was taken`),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof MlctlError);
      return [error.code, error.exitCode, error.message.replace(`${world.cwd}/`, ''), error.hint];
    };
    const loaded = await refusal(loadModel(world, { uri: name }));
    assert.deepEqual(loaded.slice(0, 2), ['PACKAGE_INVALID', 7]);
    for (const more of [{}, { reproduce: true }, { bundle: 'evidence' }])
      assert.deepEqual(await refusal(auditModel(world, { uri: name, ...more })), loaded);
  }
  assert.ok(!existsSync(join(world.cwd, 'evidence')));
});

test('audit --all has a line for each version in use; one that is wrong or unreadable does not stop the rest', async () => {
  const store = await embedded();
  const { world } = store;
  await trainModel(world, { recipe: 'recipe.yaml', register: 'other', stage: 'Production' });
  await trainModel(world, { recipe: 'recipe.yaml', register: 'third', alias: 'old' });
  await trainModel(world, { recipe: 'recipe.yaml', register: 'unused' });
  const clean = await auditAll(world);
  assert.deepEqual(
    clean.versions.map(({ uri, places, ok }) => [uri, places, ok]),
    [
      ['models:/audited/2', ['alias champion'], true],
      ['models:/other/1', ['stage Production'], true],
      ['models:/third/1', ['alias old'], true],
    ],
  );
  await store.sql("UPDATE model_versions SET status = 'FAILED_REGISTRATION' WHERE name = 'audited' AND version = 2");
  await store.sql(
    "UPDATE model_versions SET source = 'gs://away/model', storage_location = 'gs://away/model' WHERE name = 'other'",
  );
  const { versions } = await auditAll(world);
  assert.deepEqual(
    versions.map(({ uri, ok, refuted, error }) => [uri, ok, refuted.map(({ id }) => id), error?.code ?? null]),
    [
      ['models:/audited/2', false, ['registry'], null],
      ['models:/other/1', false, [], 'ARTIFACTS_UNSUPPORTED'],
      ['models:/third/1', true, [], null],
    ],
  );
  const few = await auditAll(world, { max: 1 });
  assert.deepEqual([few.versions.length, few.more], [1, true]);
  const shown = runCli(['audit', '--all'], {
    cwd: store.folders.work,
    env: { MLFLOW_TRACKING_URI: world.env['MLFLOW_TRACKING_URI']! },
  });
  assert.equal(shown.code, 1);
  assert.match(shown.stdout, /audit failed for 2 of 3 versions: models:\/audited\/2, models:\/other\/1/);
});

test('promote --require audit names the lines that are false, and moves nothing', async () => {
  const store = await embedded();
  const { world } = store;
  const asked = { name: 'audited', version: 1, alias: 'champion', require: 'audit' } as const;
  const undo = await store.sql("UPDATE params SET value = '9' WHERE key = 'test_size'");
  const refused = await promoteModel(world, asked);
  assert.deepEqual([refused.promoted, refused.moves], [false, []]);
  assert.deepEqual(
    refused.audit?.lines.filter(({ ok }) => !ok).map(({ id }) => id),
    ['record'],
  );
  const shown = runCli(['promote', 'audited/1', '--alias', 'champion', '--require', 'audit'], {
    cwd: store.folders.work,
    env: { MLFLOW_TRACKING_URI: world.env['MLFLOW_TRACKING_URI']! },
  });
  assert.equal(shown.code, 1);
  assert.match(shown.stdout, /audited version 1 was not promoted to alias champion: its audit failed: record/);
  await undo();
  const done = await promoteModel(world, asked);
  assert.deepEqual([done.promoted, done.audit && auditExitCode(done.audit)], [true, 0]);
  // Without a signature by this key, nothing is moved either.
  await trainModel(world, { recipe: 'recipe.yaml', register: true });
  const unsigned = await promoteModel(world, { ...asked, version: 3, publicKey: store.publicKey });
  assert.deepEqual(
    unsigned.audit?.lines.filter(({ ok }) => !ok).map(({ id }) => id),
    ['signature'],
  );
});

const LOGGED = { ...UNTOUCHED, recipe: 'unknown', data: 'unknown', rescore: 'unknown', signature: 'unknown' } as const;

test('a model that mlctl logged as a file has no recipe and no data, and the lines say so', async () => {
  const store = await embedded();
  const { world } = store;
  await logExisting(world, { path: store.folders.model, register: 'given' });
  const audit = await auditModel(world, { uri: 'models:/given/1' });
  assert.deepEqual(verdictsOf(audit), LOGGED, JSON.stringify(audit.lines, null, 1));
  assert.match(audit.lines.find(({ id }) => id === 'recipe')!.message, /was logged as a file/);
});

test('hostile values are printed safely, on a terminal and in JSON', async () => {
  const store = await embedded();
  await store.sql("UPDATE tags SET value = ? WHERE key = 'mlflow.user'", '\u001b]0;owned\u0007\n::error::x \u202e');
  await store.sql("UPDATE tags SET value = ? WHERE key = 'mlflow.source.git.commit'", '\u001b[2J'.repeat(100));
  const at = { cwd: store.folders.work, env: { MLFLOW_TRACKING_URI: store.world.env['MLFLOW_TRACKING_URI']! } };
  for (const args of [['-v'], ['--json'], ['--color', 'always'], ['-q']]) {
    const { stdout, code } = runCli(['audit', 'models:/audited/1', ...args], at);
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /\u001b\]|\u001b\[2J|\u0007|\u202e|^::error::/m);
  }
});

const PYTHON_LOGS = `
import sys, mlflow, pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.datasets import load_iris
X, y = load_iris(return_X_y=True, as_frame=True)
mlflow.set_experiment("by python")
with mlflow.start_run() as run:
    model = LogisticRegression(max_iter=300).fit(X, y)
    mlflow.log_param("max_iter", 300)
    mlflow.log_metric("acc", float(model.score(X, y)))
    mlflow.log_input(mlflow.data.from_pandas(X, name="iris"), context="training")
    name = {"name": "model"} if int(mlflow.__version__.split(".")[0]) >= 3 else {"artifact_path": "model"}
    mlflow.sklearn.log_model(model, **name, input_example=X.head(3), registered_model_name="by_python")
print(run.info.run_id)
`;

const SERVERS: readonly [name: string, environment: PythonEnvironment][] = [
  ['MLflow 3.17.2', 'mlflow'],
  ['MLflow 2.22.4', 'mlflow2'],
];

for (const [name, environment] of SERVERS) {
  const found = pythonOf(environment);
  describe(`a model that Python logged to ${name}`, { skip: 'skip' in found ? found.skip : false }, () => {
    test('much of it is recorded or unknown, and nothing is refuted', async (t) => {
      const { python } = found as { python: string };
      const folder = scratch();
      const server = await startMlflow(python, folder);
      after(() => server.stop());
      const ran = runPython(python, PYTHON_LOGS, [], { cwd: folder, env: { MLFLOW_TRACKING_URI: server.url } });
      assert.equal(ran.status, 0, ran.stderr);
      t.diagnostic(ran.stdout.trim());
      const world = testWorld({ env: { ...testWorld().env, MLFLOW_TRACKING_URI: server.url } });
      const audit = await auditModel(world, { uri: 'models:/by_python/1', reproduce: true });
      assert.deepEqual(
        verdictsOf(audit),
        {
          bytes: 'unknown',
          registry: 'proven',
          run: 'recorded',
          record: 'recorded',
          data: 'recorded',
          recipe: 'unknown',
          code: 'unknown',
          dependencies: 'recorded',
          golden: 'unknown',
          rescore: 'unknown',
          reproduction: 'unknown',
          history: 'recorded',
          signature: 'unknown',
        },
        JSON.stringify(audit.lines, null, 1),
      );
      assert.equal(auditExitCode(audit), 0);
      const contents = audit.lines.find(({ id }) => id === 'dependencies')!.evidence;
      assert.ok(
        contents.some(({ value }) => value === 'each is on the list of classes that mlctl reads'),
        JSON.stringify(contents),
      );
    });
  });
}
