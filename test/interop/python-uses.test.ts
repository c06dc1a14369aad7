// A Python colleague works on the same local store: whatever MLflow does there in the ordinary way, the models stay trusted.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment, cliJson, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { freePort, startServer } from '../support/server.js';

interface Trained {
  run_id: string;
  model_id: string;
  path: string;
}

/** Does every use in turn, and runs mlctl after each: one start of Python for all of them. */
const PROGRAM = `
import sys, json, os, subprocess, mlflow
from mlflow import MlflowClient
run_id, model_id, node, program, package = sys.argv[1:6]
uses = json.load(sys.stdin)
mlflow.set_tracking_uri("sqlite:///mlflow.db")
client = MlflowClient()
answer = []
for title, use in uses:
    exec(use)
    name = "flowers" if any(m.name == "flowers" for m in client.search_registered_models()) else "iris_clf"
    failed = []
    for uri in (f"models:/{name}@champion", f"runs:/{run_id}/model", f"models:/{model_id}"):
        done = subprocess.run([node, program, "smoke", uri, "--json"], capture_output=True, text=True)
        if done.returncode != 0: failed.append([uri, done.returncode, done.stdout[-2000:]])
    answer.append({"use": title, "noted": os.path.exists(os.path.join(package, "registered_model_meta")), "failed": failed})
print("ANSWER" + json.dumps(answer))
`;

/** Each leaves the model as good as it was. */
const USES: readonly [string, string][] = [
  ['load by version', 'mlflow.pyfunc.load_model("models:/iris_clf/1")'],
  ['load by stage', 'mlflow.pyfunc.load_model("models:/iris_clf/Production")'],
  ['load by alias', 'mlflow.pyfunc.load_model("models:/iris_clf@champion")'],
  ['load by latest', 'mlflow.pyfunc.load_model("models:/iris_clf/latest")'],
  ['load by logged model', 'mlflow.pyfunc.load_model("models:/" + model_id)'],
  ['load by run', 'mlflow.pyfunc.load_model(f"runs:/{run_id}/model")'],
  ['load by the flavor', 'mlflow.onnx.load_model("models:/iris_clf/1")'],
  [
    'list and download',
    `
for uri in ("models:/iris_clf/1", "models:/iris_clf@champion", "models:/" + model_id, f"runs:/{run_id}/model"):
    mlflow.artifacts.list_artifacts(uri)
    mlflow.artifacts.download_artifacts(uri)
    mlflow.artifacts.download_artifacts(uri, dst_path="down")
mlflow.artifacts.load_text(f"runs:/{run_id}/reports/summary.txt")
mlflow.models.get_model_info("models:/iris_clf/1")
mlflow.pyfunc.get_model_dependencies("models:/iris_clf/1")
`,
  ],
  [
    'autolog and a run of its own',
    `
mlflow.autolog()
from sklearn.linear_model import LogisticRegression
with mlflow.start_run():
    LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
`,
  ],
  [
    'tags, description and search',
    `
client.set_model_version_tag("iris_clf", "1", "owner", "ana")
client.update_model_version("iris_clf", "1", description="ours")
client.set_tag(run_id, "note", "seen")
mlflow.search_runs(search_all_experiments=True)
mlflow.search_logged_models(experiment_ids=["1"])
`,
  ],
  ['delete and restore the run', 'client.delete_run(run_id); client.restore_run(run_id)'],
  [
    'delete and restore the experiment',
    'e = client.get_run(run_id).info.experiment_id; client.delete_experiment(e); client.restore_experiment(e)',
  ],
  [
    'a second name for the same model',
    `
mlflow.register_model("models:/" + model_id, "second")
mlflow.pyfunc.load_model("models:/second/1")
`,
  ],
  ['the second version is deleted again', 'client.delete_model_version("second", "1")'],
  ['the second name is deleted again', 'client.delete_registered_model("second")'],
  ['rename the experiment', 'client.rename_experiment(client.get_run(run_id).info.experiment_id, "other")'],
  [
    'rename the model',
    'mlflow.pyfunc.load_model("models:/iris_clf/1"); client.rename_registered_model("iris_clf", "flowers")',
  ],
  ['load under the new name', 'mlflow.pyfunc.load_model("models:/flowers@champion")'],
];

// Two versions of MLflow, because what they write there is not the same.
for (const environment of ['mlflow', 'mlflow318'] as const)
  test(`after every ordinary use by Python (${environment}), smoke passes by every URI`, async (t) => {
    const found = pythonOf(environment);
    if ('skip' in found) return t.skip(found.skip);
    const cwd = scratch();
    const trained = cliJson<Trained>(['train', '--register', '--stage', 'Production', '--alias', 'champion'], { cwd });
    const done = spawnSync(
      found.python,
      ['-c', PROGRAM, trained.run_id, trained.model_id, process.execPath, BIN, trained.path],
      {
        cwd,
        encoding: 'utf8',
        input: JSON.stringify(USES),
        env: { ...cleanEnvironment(), MLFLOW_DISABLE_TELEMETRY: 'true' },
      },
    );
    const [, text] = /^ANSWER(.*)$/m.exec(done.stdout) ?? [];
    assert.ok(text, done.stderr);
    const answer = JSON.parse(text) as { use: string; noted: boolean; failed: unknown[] }[];
    assert.deepEqual(
      answer.filter(({ failed }) => failed.length > 0),
      [],
    );
    // Newer versions of MLflow leave no note; without one of the older, nothing would be tried.
    if (environment === 'mlflow') assert.ok(answer.filter(({ noted }) => noted).length > 3, 'Python left its note');
    const upgraded = runPython(
      found.python,
      'import sys; from mlflow.cli import cli; cli(["db", "upgrade", "sqlite:///mlflow.db"])',
      [],
      { cwd },
    );
    assert.equal(upgraded.status, 0, upgraded.stderr);
    for (const args of [
      ['smoke', 'models:/flowers@champion'],
      ['load', 'models:/flowers/1'],
      ['load', `models:/${trained.model_id}`, '--to', 'copy'],
      ['promote', 'flowers/1', '--alias', 'next'],
      ['register', `runs:/${trained.run_id}/model`, '--name', 'third'],
      ['smoke', 'models:/third/1'],
    ]) {
      const done = runCli(args, { cwd });
      assert.equal(done.code, 0, `${args.join(' ')}: ${done.stderr}`);
    }
    assert.ok(!existsSync(join(cwd, 'copy', 'registered_model_meta')), 'the note is not copied');
  });

const THROUGH_SERVER = `
import sys, mlflow
from mlflow import MlflowClient
url, run_id, model_id = sys.argv[1:4]
mlflow.set_tracking_uri(url)
for uri in ("models:/iris_clf/1", "models:/iris_clf@champion", "models:/" + model_id, f"runs:/{run_id}/model"):
    mlflow.pyfunc.load_model(uri)
    mlflow.artifacts.download_artifacts(uri)
MlflowClient().set_model_version_tag("iris_clf", "1", "seen", "yes")
`;

test('the same while mlflow ui runs over the store, and through it', { timeout: 300_000 }, async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const cwd = scratch();
  const trained = cliJson<Trained>(['train', '--register', '--alias', 'champion'], { cwd });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer(
    join(dirname(found.python), 'mlflow'),
    ['ui', '--port', String(port), '--workers', '1'],
    { cwd, url, healthPath: '/health', env: { PATH: `${dirname(found.python)}:${process.env['PATH']}` } },
  );
  try {
    const used = runPython(found.python, THROUGH_SERVER, [url, trained.run_id, trained.model_id], { cwd });
    assert.equal(used.status, 0, used.stderr);
    assert.ok(existsSync(join(trained.path, 'registered_model_meta')), 'Python left its note');
    for (const env of [{}, { MLFLOW_TRACKING_URI: url }])
      for (const uri of ['models:/iris_clf@champion', `models:/${trained.model_id}`, `runs:/${trained.run_id}/model`]) {
        const judged = runCli(['smoke', uri, '--json'], { cwd, env });
        assert.equal(judged.code, 0, `${JSON.stringify(env)} ${uri}: ${judged.stdout}`);
      }
  } finally {
    await server.stop();
  }
});

test('a note that claims another version, and any other file, is named in the error', () => {
  const cwd = scratch();
  const first = cliJson<Trained>(['train', '--register'], { cwd });
  cliJson(['train', '--register=other', '--set', 'pipeline.0.logistic_regression.C=0.5'], { cwd });
  const claim = (name: string, version: string) => `model_name: ${name}\nmodel_version: '${version}'\n`;
  const note = join(first.path, 'registered_model_meta');
  for (const text of [
    claim('other', '1'),
    claim('iris_clf', '2'),
    claim('nobody', '1'),
    `${claim('iris_clf', '1')}x: 1\n`,
  ]) {
    writeFileSync(note, text);
    for (const args of [
      ['smoke', `runs:/${first.run_id}/model`],
      ['load', `runs:/${first.run_id}/model`],
    ]) {
      const done = runCli([...args, '--json'], { cwd });
      assert.equal(done.code, 7, text);
      const { error } = JSON.parse(done.stdout) as {
        error: { message: string; details: { files: { path: string; state: string }[] } };
      };
      assert.match(error.message, /added: registered_model_meta/);
      assert.deepEqual(
        error.details.files.filter(({ state }) => state !== 'same').map(({ path, state }) => `${state} ${path}`),
        ['added registered_model_meta'],
      );
    }
  }
  writeFileSync(note, claim('iris_clf', '1'));
  assert.equal(runCli(['smoke', `runs:/${first.run_id}/model`], { cwd }).code, 0);
  writeFileSync(join(first.path, 'conda.yaml'), 'name: x\n');
  const changed = runCli(['smoke', `runs:/${first.run_id}/model`], { cwd });
  assert.match(changed.stdout + changed.stderr, /changed: conda\.yaml/);
});
