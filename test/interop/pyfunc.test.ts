// Python's MLflow opens what mlctl wrote as its own: by every kind of URI, with equal predictions and the same refusals.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const PREDICTS = `
import sys, json, mlflow, pandas as pd
mlflow.set_tracking_uri("sqlite:///mlflow.db")
rows = pd.read_csv(sys.argv[1])
# what mlctl tells those who use pandas 3
rows = rows.astype({name: object for name in rows.columns if str(rows[name].dtype) in ("str", "object")})
answer = {}
for uri in sys.argv[2:]:
    model = mlflow.pyfunc.load_model(uri)
    good = model.predict(rows)
    refused = []
    first = model.metadata.get_input_schema().required_input_names()[0]
    for bad in (rows.drop(columns=[first]), rows.rename(columns={first: first + "x"}), rows.assign(**{first: 1.5 if rows[first].dtype == object else "text"})):
        try:
            model.predict(bad); refused.append(False)
        except mlflow.exceptions.MlflowException:
            refused.append(True)
    answer[uri] = {"columns": {c: [v.item() if hasattr(v, "item") else v for v in good[c]] for c in good.columns}, "refused": refused, "reordered": bool((model.predict(rows[list(rows.columns[::-1])])["label"] == good["label"]).all())}
print(json.dumps(answer))
`;
const READS = `
import sys, json, mlflow
mlflow.set_tracking_uri("sqlite:///mlflow.db")
run = mlflow.get_run(sys.argv[1])
found = mlflow.search_runs(search_all_experiments=True, filter_string="metrics.val_acc > 0.5")
print(json.dumps({"status": run.info.status, "params": run.data.params, "metrics": run.data.metrics, "tags": run.data.tags,
  "datasets": [[i.dataset.name, i.dataset.digest, i.dataset.source_type] for i in run.inputs.dataset_inputs],
  "outputs": [o.model_id for o in run.outputs.model_outputs], "found": list(found["run_id"]),
  "artifacts": sorted(a.path for f in ("", "plots", "reports", "evaluation") for a in mlflow.MlflowClient().list_artifacts(sys.argv[1], f or None))}))
`;

interface Trained {
  run_id: string;
  model_id: string;
  path: string;
  metrics: Record<string, number>;
  params: Record<string, string>;
}

/** A small table with text, missing numbers, missing texts and text classes. */
const TOWNS = `size,city,heating,rooms,kind\n${Array.from({ length: 60 }, (_, n) => `${n % 7 === 3 ? '' : 20 + ((n * 37) % 90)},${['Ulm', 'Köln', 'Bonn'][n % 3]},${['gas', '', 'oil', 'gas', 'wood'][n % 5]},${1 + (n % 5)},${n % 3 === 0 || n % 5 === 4 ? 'flat' : 'house'}`).join('\n')}\n`;
const TOWNS_RECIPE = `name: towns
experiment: towns
data: { source: towns.csv, target: kind }
split: { test_size: 0.25, random_state: 7, stratify: true }
pipeline:
  - simple_imputer: { strategy: mean, columns: [size] }
  - simple_imputer: { strategy: constant, fill_value: unheated, columns: [heating] }
  - one_hot_encoder: { columns: [city, heating], handle_unknown: ignore }
  - standard_scaler: {}
  - logistic_regression: { C: 1.0, max_iter: 500 }
`;

const writeTowns = (folder: string) => {
  writeFileSync(join(folder, 'towns.csv'), TOWNS);
  writeFileSync(join(folder, 'recipe.yaml'), TOWNS_RECIPE);
};

for (const [title, environment, prepare, args] of [
  ['iris', 'mlflow', undefined, []],
  ['text columns and missing values (pandas 2)', 'pandas2', writeTowns, ['recipe.yaml']],
  ['text columns as objects (pandas 3)', 'mlflow', writeTowns, ['recipe.yaml']],
] as const) {
  test(`Python loads and predicts the same: ${title}`, { timeout: 300_000 }, (t) => {
    const found = pythonOf(environment);
    if ('skip' in found) return t.skip(found.skip);
    const folder = scratch();
    prepare?.(folder);
    const trained = cliJson<Trained>(
      ['train', ...args, '--register=demo', '--stage', 'Production', '--alias', 'champion'],
      { cwd: folder },
    );
    const rows = join(
      folder,
      'mlruns',
      String((trained as unknown as { experiment_id: string }).experiment_id),
      trained.run_id,
      'artifacts',
      'evaluation',
      'X_te.csv',
    );
    const uris = [
      `runs:/${trained.run_id}/model`,
      'models:/demo/1',
      'models:/demo/Production',
      'models:/demo/latest',
      'models:/demo@champion',
      `models:/${trained.model_id}`,
    ];

    const ours: Record<string, unknown[]> = {};
    for (const uri of uris) {
      const predicted = runCli(['predict', uri, '-i', rows, '-o', '-', '--output-format', 'json'], { cwd: folder });
      assert.equal(predicted.code, 0, predicted.stderr);
      ours[uri] = (JSON.parse(predicted.stdout) as { predictions: unknown[] }).predictions;
      assert.deepEqual(ours[uri], ours[uris[0]!]);
    }
    const ran = runPython(found.python, PREDICTS, [rows, ...uris], { cwd: folder });
    assert.equal(ran.status, 0, ran.stderr);
    const theirs = JSON.parse(ran.stdout) as Record<
      string,
      { columns: Record<string, unknown[]>; refused: boolean[]; reordered: boolean }
    >;
    for (const uri of uris) {
      const { columns, refused, reordered } = theirs[uri]!;
      assert.deepEqual(refused, [true, true, true], `${uri}: Python accepted a bad input`);
      assert.ok(reordered, `${uri}: reordered columns are bound by position`);
      const asRows = (ours[uri] as Record<string, unknown>[]).map((row) => Object.entries(row));
      assert.deepEqual(
        asRows,
        (ours[uri] as object[]).map((_, index) =>
          Object.entries(columns).map(([name, values]) => [name, values[index]]),
        ),
        `${uri}: predictions differ`,
      );
    }
    const read = runPython(found.python, READS, [trained.run_id], { cwd: folder });
    assert.equal(read.status, 0, read.stderr);
    const run = JSON.parse(read.stdout);
    assert.equal(run.status, 'FINISHED');
    assert.deepEqual(run.metrics, trained.metrics);
    assert.deepEqual(run.params, trained.params);
    assert.deepEqual(run.outputs, [trained.model_id]);
    assert.deepEqual(run.found, [trained.run_id]);
    assert.equal(run.datasets.length, 1);
    for (const artifact of [
      'evaluation/X_te.csv',
      'evaluation/y_te.csv',
      'reports/summary.txt',
      'recipe.yaml',
      'plots/confusion_matrix.svg',
    ]) {
      assert.ok(run.artifacts.includes(artifact), `${artifact} is not among ${run.artifacts.join(', ')}`);
    }
    // Python has upgraded the file by now: mlctl goes on writing in it, and Python reads that too.
    const again = cliJson<Trained>(['train', ...args, '--register=demo', '--alias', 'champion'], { cwd: folder });
    const reread = runPython(
      found.python,
      PREDICTS,
      [rows, 'models:/demo/2', 'models:/demo@champion', `runs:/${again.run_id}/model`],
      { cwd: folder },
    );
    assert.equal(reread.status, 0, reread.stderr);
    assert.deepEqual(JSON.parse(reread.stdout)['models:/demo@champion'].columns, theirs[uris[0]!]!.columns);
  });
}

const WRITES = `
import json, numpy as np, onnx, pandas as pd, mlflow, mlflow.onnx
from onnx import helper, TensorProto as T
from mlflow.models import infer_signature
mlflow.set_tracking_uri("sqlite:///mlflow.db")
mlflow.set_experiment("from-python")
graph = helper.make_graph([helper.make_node("Add", ["a", "b"], ["sum"])], "g",
  [helper.make_tensor_value_info("a", T.DOUBLE, ["N"]), helper.make_tensor_value_info("b", T.DOUBLE, ["N"])], [helper.make_tensor_value_info("sum", T.DOUBLE, ["N"])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
example = pd.DataFrame({"a": [1.5, 2.5], "b": [0.25, -1.0]})
with mlflow.start_run(run_name="py") as run:
    mlflow.log_metric("rmse", 0.125); mlflow.log_param("who", "python")
    mlflow.onnx.log_model(model, name="model", signature=infer_signature(example, pd.DataFrame({"sum": [1.0]})), input_example=example, registered_model_name="added")
client = mlflow.MlflowClient()
client.set_registered_model_alias("added", "live", 1)
client.transition_model_version_stage("added", 1, "Staging")
print(json.dumps({"run_id": run.info.run_id}))
`;

test('Python writes into the same file, mlctl lists, loads, smokes and predicts', { timeout: 300_000 }, (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  cliJson(['train'], { cwd: folder });
  const wrote = runPython(found.python, WRITES, [], { cwd: folder });
  assert.equal(wrote.status, 0, wrote.stderr);
  const { run_id } = JSON.parse(wrote.stdout.trim().split('\n').at(-1)!);
  const runs = cliJson<{ runs: { run_id: string; run_name: string }[] }>(['runs'], { cwd: folder }).runs;
  assert.ok(runs.some((run) => run.run_id === run_id && run.run_name === 'py'));
  for (const uri of [
    `runs:/${run_id}/model`,
    'models:/added/1',
    'models:/added/staging',
    'models:/added@live',
    'models:/added/latest',
  ]) {
    const loaded = cliJson<{ verified: string; flavor: string }>(['load', uri], { cwd: folder });
    assert.equal(loaded.verified, 'none');
    assert.equal(loaded.flavor, 'onnx');
    const smoked = cliJson<{ predictions: unknown[]; checks: { name: string; status: string }[] }>(['smoke', uri], {
      cwd: folder,
    });
    assert.deepEqual(smoked.predictions, [{ sum: 1.75 }, { sum: 1.5 }]);
    assert.deepEqual(
      smoked.checks.filter((check) => check.status === 'fail'),
      [],
    );
  }
  // Without a URI: the newest finished run that has a model, which is Python's.
  const newest = runCli(['load'], { cwd: folder });
  assert.equal(newest.code, 0, newest.stderr);
  assert.match(newest.stderr, new RegExp(run_id));
  mkdirSync(join(folder, 'copy'));
  assert.equal(runCli(['load', 'models:/added/1', '--to', join(folder, 'copy', 'added')], { cwd: folder }).code, 0);
  assert.match(readFileSync(join(folder, 'copy', 'added', 'MLmodel'), 'utf8'), /loader_module: mlflow\.onnx/);
});
