// `report` on a real MLflow server, of models that Python logged: what Python recorded is shown, and what it did not is said.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliJson } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const PROGRAM = `
import sys, base64, logging
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("<b>flowers</b>")
rows = load_iris(as_frame=True)
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
with mlflow.start_run(run_name='"><script>alert(1)</script>'):
    model = LogisticRegression(max_iter=200).fit(rows.data, rows.target)
    mlflow.log_params({"max_iter": 200, "note": "<img src=x onerror=alert(1)>"})
    mlflow.log_metric("accuracy", 0.953125)
    mlflow.log_input(mlflow.data.from_pandas(rows.frame, name="iris frame", targets="target"), context="training")
    open("shap.png", "wb").write(PNG)
    mlflow.log_artifact("shap.png", "figures")
    mlflow.sklearn.log_model(model, name="model", input_example=rows.data.head(2), signature=mlflow.models.infer_signature(rows.data, model.predict(rows.data)), registered_model_name="forest")
client = MlflowClient()
client.update_model_version("forest", "1", "Trained for the <i>report</i>.\\nSecond line.")
client.set_registered_model_alias("forest", "champion", "1")
class Twice(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input * 2
with mlflow.start_run(run_name="twice"):
    mlflow.pyfunc.log_model(python_model=Twice(), name="model", input_example=pd.DataFrame({"a": [0.0, 1.0]}), registered_model_name="twice")
`;

test("Python's models on a real server have a card", { timeout: 300_000 }, async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch('mlctl-report-');
  const server = await startMlflow(found.python, folder);
  t.after(() => server.stop());
  const made = runPython(found.python, PROGRAM, [server.url], { cwd: folder });
  assert.equal(made.status, 0, made.stderr);
  const reportOf = (uri: string) => {
    const report = cliJson<{ failed: string[]; pictures: string[]; path: string }>(
      ['report', uri, '-o', 'card.html', '--tracking-uri', server.url],
      { cwd: folder },
    );
    return { ...report, page: readFileSync(report.path, 'utf8') };
  };

  const forest = reportOf('models:/forest@champion');
  assert.deepEqual(forest.failed, []);
  assert.deepEqual(forest.pictures, ['figures/shap.png']);
  for (const part of [
    '<h1>forest <span>version 1</span></h1>',
    '<li>@champion</li>',
    'no digest was recorded for its files',
    'Trained for the &lt;i&gt;report&lt;/i&gt;.\nSecond line.',
    '<dd>0.9531</dd>',
    'sepal length (cm)',
    'iris frame',
    '&lt;b&gt;flowers&lt;/b&gt;',
    '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;',
    '&lt;img src=x onerror=alert(1)&gt;',
    'scikit-learn==',
    '<img src="data:image/png;base64,iVBORw0KGgo',
    `export MLFLOW_TRACKING_URI=${server.url}`,
    '<span class="muted">not recorded</span>',
  ])
    assert.ok(forest.page.includes(part), `${part} in ${forest.page.replace(/<style>[^<]*/, '')}`);
  assert.ok(!forest.page.includes('<script'));

  const twice = reportOf('models:/twice/1');
  assert.deepEqual(twice.failed, ['load']);
  assert.match(twice.page, /smoke failed: load/);
  assert.match(twice.page, /PythonModel/);

  const trained = cliJson<{ run_id: string }>(['train', '--register', '--tracking-uri', server.url], { cwd: folder });
  const own = reportOf(`runs:/${trained.run_id}/model`);
  assert.equal(own.page.split('<svg').length - 1, 3);
  assert.ok(own.pictures.includes('plots/coefficients.svg'), join(...own.pictures));
});
