// Models that scikit-learn fitted and MLflow saved become ONNX packages that mlctl and Python's own MLflow read with the same answers.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { readPackage } from '../../src/model/read-package.js';
import { convertToOnnx } from '../../src/operations/convert.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const MAKE = `
import sys, warnings, numpy as np, pandas as pd, mlflow.sklearn
from mlflow.models import infer_signature
warnings.filterwarnings('ignore')
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_diabetes, load_iris, load_wine
from sklearn.ensemble import (GradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
    StackingClassifier, VotingRegressor)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeRegressor

def save(name, model, X, answer='predict'):
    made = getattr(model, answer)(X)
    mlflow.sklearn.save_model(model, f'{sys.argv[1]}/{name}', signature=infer_signature(X, made), input_example=X[:4],
        serialization_format='cloudpickle', pyfunc_predict_fn=answer)

Xi, yi = load_iris(return_X_y=True, as_frame=True)
Xw, yw = load_wine(return_X_y=True, as_frame=True)
Xd, yd = load_diabetes(return_X_y=True, as_frame=True)
names = np.array(['setosa', 'versicolor', 'virginica'])[yi]
scaled = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300)).fit(Xi, yi)
save('labels', scaled, Xi)
save('chances', scaled, Xi, 'predict_proba')
save('array', make_pipeline(StandardScaler(), LogisticRegression(max_iter=300)).fit(Xi.values, yi), Xi.values, 'predict_proba')
save('forest', RandomForestClassifier(20, random_state=0).fit(Xi, names), Xi)
save('forest-chances', RandomForestClassifier(20, random_state=0).fit(Xi, names), Xi, 'predict_proba')
save('boosting', GradientBoostingClassifier(n_estimators=15, random_state=0).fit(Xw, yw), Xw, 'predict_proba')
Xgap = Xd.mask(np.random.RandomState(0).rand(*Xd.shape) < .1)
save('gaps', HistGradientBoostingRegressor(max_iter=20, random_state=0).fit(Xgap, yd), Xgap)
save('targets', LinearRegression().fit(Xd, np.c_[yd, yd * 2 + 1]), Xd)
save('search', GridSearchCV(make_pipeline(PolynomialFeatures(2), Ridge()), {'ridge__alpha': [.1, 1.]}, cv=2).fit(Xd, yd), Xd)
save('votes', VotingRegressor([('a', Ridge()), ('b', DecisionTreeRegressor(max_depth=4, random_state=0))]).fit(Xd, yd), Xd)
save('stack', StackingClassifier([('f', RandomForestClassifier(5, random_state=0)), ('l', LogisticRegression(max_iter=2000))], cv=2).fit(Xw, yw), Xw)
save('machine', make_pipeline(StandardScaler(), SVC()).fit(Xw, yw), Xw)
save('clusters', make_pipeline(StandardScaler(), KMeans(3, n_init=2, random_state=0)).fit(Xw), Xw)
save('neighbours', KNeighborsClassifier(3).fit(Xi, yi), Xi)
table = pd.DataFrame({'town': ['Ulm', 'Köln', 'Ulm', None] * 20, 'size': [1.5, 2., np.nan, 4.] * 20, 'sold': [True, False, True, True] * 20})
prepared = ColumnTransformer([('t', make_pipeline(SimpleImputer(strategy='most_frequent'), OneHotEncoder(handle_unknown='ignore')), ['town']),
    ('n', make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), ['size'])], remainder='passthrough')
save('mixed', make_pipeline(prepared, LogisticRegression()).fit(table, np.arange(80) % 3 == 0), table)
`;

/** Python's MLflow answers to the example, by the original and by the conversion, side by side. */
const READ = `
import json, sys, numpy as np, pandas as pd, mlflow.pyfunc
def answers(folder, X):
    found = mlflow.pyfunc.load_model(folder).predict(X)
    if isinstance(found, dict): found = next(iter(found.values()))
    found = np.asarray(found)
    return found.reshape(len(X), -1).tolist()
for name in sys.argv[2:]:
    folder = f'{sys.argv[1]}/{name}'
    X = mlflow.pyfunc.load_model(folder).input_example
    print(json.dumps([name, answers(folder, X), answers(f'{folder}-onnx', X)]))
`;

const EXACT = ['labels', 'forest', 'forest-chances', 'gaps', 'stack', 'machine', 'clusters'];
const CLOSE = ['chances', 'array', 'boosting', 'targets', 'search', 'votes', 'mixed'];
const environment = pythonOf('mlflow');
const skip = 'skip' in environment ? environment.skip : false;
const folder = scratch();
const convert = (name: string, more: object = {}) =>
  convertToOnnx(testWorld({ cwd: folder }), { uri: join(folder, name), out: `${name}-onnx`, ...more });
const refused = (code: string) => (error: unknown) => error instanceof MlctlError && error.code === code;

describe('models of scikit-learn as ONNX packages', { skip }, () => {
  before(() => {
    const made = runPython((environment as { python: string }).python, MAKE, [folder]);
    assert.equal(made.status, 0, made.stderr);
  });

  for (const name of [...EXACT, ...CLOSE])
    test(`${name}: the graph answers as the model does, and smoke passes`, async () => {
      const { verification, from, path } = await convert(name);
      const { rows, example_rows, labels_differ, refused_by_one, largest_difference } = verification;
      assert.ok(rows > 800 && example_rows === 4, `${rows} rows, ${example_rows} of the example`);
      assert.deepEqual([labels_differ, refused_by_one], [0, 0]);
      assert.ok(EXACT.includes(name) ? largest_difference === 0 : largest_difference < 1e-11, `${largest_difference}`);
      const smoke = await smokeModel(testWorld(), { uri: path!, mode: 'mlflow' });
      assert.deepEqual(
        smoke.checks.filter(({ status }) => status === 'fail'),
        [],
      );
      const [original, converted] = await Promise.all([readPackage(join(folder, name)), readPackage(path!)]);
      assert.deepEqual(converted.model.signature, original.model.signature);
      assert.deepEqual(Object.fromEntries(converted.model.metadata!.get('converted_from') as Map<string, unknown>), {
        uri: join(folder, name),
        run_id: null,
        flavor: 'sklearn',
        estimator: from.estimator,
        package_digest: original.digest.package,
        payload_digest: original.digest.payload,
        rows_compared: rows,
        largest_difference,
        tolerance: 1e-9,
      });
    });

  test('predict gives the same rows by both', () => {
    for (const name of ['chances', 'forest', 'mixed']) {
      const rows = join(folder, name, 'serving_input_example.json');
      const line = ['-i', rows, '-o', '-', '--output-format', 'json', '-q', '--schema', 'mlflow'];
      const [original, converted] = [name, `${name}-onnx`].map(
        (one) => JSON.parse(runCli(['predict', join(folder, one), ...line]).stdout) as { predictions: unknown[] },
      );
      assert.equal(original!.predictions.length, 4);
      assert.deepEqual(rounded(converted!.predictions), rounded(original!.predictions));
    }
  });

  test("Python's MLflow reads them with the model's own answers", () => {
    const names = [
      'labels',
      'chances',
      'array',
      'forest-chances',
      'boosting',
      'gaps',
      'targets',
      'machine',
      'clusters',
    ];
    const done = runPython((environment as { python: string }).python, READ, [folder, ...names]);
    assert.equal(done.status, 0, done.stderr);
    const lines = done.stdout.split('\n').filter((line) => line.startsWith('['));
    assert.equal(lines.length, names.length);
    for (const line of lines) {
      const [name, own, graph] = JSON.parse(line) as [string, unknown[], unknown[]];
      assert.deepEqual(rounded(graph), rounded(own), name);
    }
  });

  test('the same model gives the same payload', async () => {
    const [a, b] = await Promise.all([
      convert('forest', { out: 'again' }),
      convert('forest', { dryRun: true, out: 'dry' }),
    ]);
    assert.equal(a.digest.payload, b.digest.payload);
    assert.deepEqual([a.path, b.path], [join(folder, 'again'), null]);
    assert.equal(existsSync(join(folder, 'dry')), false);
  });

  test('what has no exact form is refused by name, and nothing is written', async () => {
    await assert.rejects(convert('neighbours'), (error: MlctlError) => {
      assert.equal(error.exitCode, 7);
      assert.match(error.message, /KNeighborsClassifier/);
      assert.match(error.hint!, /mlctl predict/);
      return true;
    });
    assert.equal(existsSync(join(folder, 'neighbours-onnx')), false);
    await assert.rejects(convert('labels-onnx', { out: 'twice' }), refused('USAGE'));
  });

  test('a difference beyond the tolerance is refused with its size, exit 1', () => {
    const line = ['convert', join(folder, 'search'), '-o', join(folder, 'strict')];
    const { error } = cliJson<{ error: { code: string; details: { largest_difference: number } } }>(
      [...line, '--tolerance', '0'],
      { expect: 1 },
    );
    assert.equal(error.code, 'CONVERSION_DIFFERS');
    assert.ok(error.details.largest_difference > 0);
    assert.equal(existsSync(join(folder, 'strict')), false);
    const { verification } = cliJson<{ verification: { tolerance: number } }>([...line, '--tolerance', '1e-6']);
    assert.equal(verification.tolerance, 1e-6);
    const text = readFileSync(join(folder, 'strict', 'MLmodel'), 'utf8');
    assert.match(text, /estimator: GridSearchCV/);
  });

  test('a folder that is there is not touched, and one that is missing must be named', async () => {
    await assert.rejects(convert('labels', { out: 'forest' }), refused('FILE_EXISTS'));
    assert.equal(runCli(['convert', join(folder, 'labels')]).code, 2);
  });

  test('stopped, it leaves nothing', async () => {
    const world = testWorld({ cwd: folder });
    const left = readdirSync(folder);
    const running = convertToOnnx(world, { uri: join(folder, 'boosting'), out: 'stopped' });
    world.stop(new MlctlError('INTERRUPTED', 'stopped'));
    await assert.rejects(running, refused('INTERRUPTED'));
    assert.deepEqual(readdirSync(folder), left);
  });
});

/** Sums and exponentials differ in the last bits. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(10));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
}
