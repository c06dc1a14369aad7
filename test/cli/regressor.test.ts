// A regressor from its recipe to the answer that Python reads: trained, logged, proven and asked as a person would.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const SKLEARN = `
import json, sys, numpy as np, pandas as pd, sklearn.datasets as ds
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import *
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
folder = sys.argv[1]
diabetes = ds.load_diabetes(as_frame=True, scaled=False).frame
rng = np.random.RandomState(2)
n = 400
homes = pd.DataFrame({'rooms': rng.randint(1, 9, n), 'area': np.round(rng.lognormal(4.5, .4, n), 1), 'town': rng.choice(['Bonn', 'Köln', 'Ulm'], n),
    'new': rng.rand(n) < .3})
homes['price'] = np.round(homes.area * 3.1 + homes.rooms * 9 + (homes.town == 'Köln') * 80 + homes.new * 40 + rng.normal(0, 25, n), 2)
homes.loc[rng.rand(n) < .1, 'area'] = np.nan
diabetes.to_csv(f'{folder}/diabetes.csv', index=False)
homes.to_csv(f'{folder}/homes.csv', index=False)
over = lambda step, columns: ColumnTransformer([('x', step, columns)], remainder='passthrough', verbose_feature_names_out=False).set_output(transform='pandas')
runs = {
    'linear': (diabetes, 'target', make_pipeline(LinearRegression())),
    'ridge': (diabetes, 'target', make_pipeline(StandardScaler(), Ridge(alpha=10))),
    # every category has a column, so the columns' sum is 1 and the rank is one short
    'homes': (homes, 'price', make_pipeline(over(SimpleImputer(strategy='median'), ['area']), over(OneHotEncoder(sparse_output=False), ['town', 'new']), LinearRegression())),
}
answers = {}
for name, (frame, target, model) in runs.items():
    X, y = frame.drop(columns=target), frame[target]
    a, b, c, d = train_test_split(X, y, test_size=0.25, random_state=7)
    p = model.fit(a, c).predict(b)
    answers[name] = {'predictions': p.tolist(), 'actual': d.tolist(), 'metrics': {'val_rmse': root_mean_squared_error(d, p), 'val_mae': mean_absolute_error(d, p),
        'val_r2': r2_score(d, p), 'val_mape': mean_absolute_percentage_error(d, p)}}
json.dump(answers, open(f'{folder}/answers.json', 'w'))
`;

const PYFUNC = `
import json, sys, mlflow, pandas as pd
mlflow.set_tracking_uri(sys.argv[1])
answer = mlflow.pyfunc.load_model(sys.argv[2]).predict(pd.read_csv(sys.argv[3]))
column = answer['prediction']
print(json.dumps({'dtype': str(column.dtype), 'values': column.tolist()}))
`;

const recipe = (source: string, target: string, pipeline: string) =>
  `name: quantity\ndata: { source: ${source}.csv, target: ${target} }\nsplit: { test_size: 0.25, random_state: 7 }\npipeline: ${pipeline}\n`;
const RECIPES: Readonly<Record<string, string>> = {
  linear: recipe('diabetes', 'target', '[linear_regression]'),
  ridge: recipe('diabetes', 'target', '[standard_scaler, ridge: { alpha: 10 }]'),
  homes: recipe(
    'homes',
    'price',
    '[simple_imputer: {columns: [area], strategy: median}, one_hot_encoder: {columns: [town, new]}, linear_regression]',
  ),
};

interface Answer {
  readonly predictions: readonly number[];
  readonly actual: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
}

interface Trained {
  readonly run_id: string;
  readonly model_uri: string;
  readonly tracking_uri: string;
  readonly path: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
}

function near(mine: readonly number[], theirs: readonly number[], what: string): void {
  assert.equal(mine.length, theirs.length, what);
  for (const [i, value] of theirs.entries())
    assert.ok(Math.abs(mine[i]! - value) <= 1e-9 * Math.max(1, Math.abs(value)), `${what} ${i}: ${mine[i]}, ${value}`);
}

const numbersOf = (csv: string): number[] => csv.trim().split('\n').slice(1).map(Number);

/** The folder of the run's own files, beside those of its model. */
function runFolder(cwd: string, run: string): string {
  const experiment = readdirSync(join(cwd, 'mlruns')).find((name) => existsSync(join(cwd, 'mlruns', name, run)))!;
  return join(cwd, 'mlruns', experiment, run, 'artifacts');
}

test('a regressor is trained, logged, proven and read by Python', async (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const cwd = scratch();
  const done = runPython(environment.python, SKLEARN, [cwd]);
  assert.equal(done.status, 0, done.stderr);
  const answers: Record<string, Answer> = JSON.parse(readFileSync(join(cwd, 'answers.json'), 'utf8'));

  for (const [name, text] of Object.entries(RECIPES))
    await t.test(name, () => {
      const answer = answers[name]!;
      writeFileSync(join(cwd, `${name}.yaml`), text);
      const trained = cliJson<Trained>(['train', `${name}.yaml`, '--register'], { cwd });
      assert.deepEqual(Object.keys(trained.metrics).sort(), ['val_mae', 'val_mape', 'val_r2', 'val_rmse']);
      for (const [metric, value] of Object.entries(answer.metrics)) near([trained.metrics[metric]!], [value], metric);

      const files = runFolder(cwd, trained.run_id);
      assert.deepEqual(readdirSync(join(files, 'plots')).sort(), [
        'coefficients.svg',
        'predicted_actual.svg',
        'residuals.svg',
      ]);
      assert.match(readFileSync(join(files, 'plots', 'coefficients.svg'), 'utf8'), /orange: raises it/);
      assert.match(
        readFileSync(join(files, 'reports', 'summary.txt'), 'utf8'),
        /Residuals on the test rows[\s\S]*median/,
      );
      assert.deepEqual(numbersOf(readFileSync(join(files, 'evaluation', 'y_te.csv'), 'utf8')), answer.actual);

      const smoke = cliJson<{ checks: { name: string; status: string }[] }>(['smoke', trained.model_uri], { cwd });
      assert.deepEqual(
        smoke.checks.filter(({ status }) => status !== 'pass').map(({ name }) => name),
        ['latency'],
      );

      const rows = join(files, 'evaluation', 'X_te.csv');
      const told = runCli(['predict', trained.model_uri, '--input', rows], { cwd });
      assert.equal(told.code, 0, told.stderr);
      assert.match(told.stdout, /^prediction\n/);
      near(numbersOf(told.stdout), answer.predictions, 'prediction');

      if (name === 'homes') return; // Python's MLflow hands text to a graph with pandas 2 only
      const read = runPython(environment.python, PYFUNC, [trained.tracking_uri, trained.model_uri, rows], { cwd });
      assert.equal(read.status, 0, read.stderr);
      const { dtype, values } = JSON.parse(read.stdout.trim().split('\n').at(-1)!);
      assert.equal(dtype, 'float64');
      near(values, answer.predictions, 'prediction of pyfunc');
    });

  await t.test('smoke finds truth that is not the evaluated one', () => {
    const trained = cliJson<Trained>(['train', 'linear.yaml'], { cwd });
    const truth = join(runFolder(cwd, trained.run_id), 'evaluation', 'y_te.csv');
    writeFileSync(truth, readFileSync(truth, 'utf8').replace(/\n\d/, '\n9'));
    const { stdout, stderr, code } = runCli(['smoke', trained.model_uri], { cwd });
    assert.equal(code, 1, stderr);
    assert.match(`${stdout}${stderr}`, /rescore\s+failed[\s\S]*val_rmse is/);
    writeFileSync(truth, 'target\nmuch\n');
    assert.match(runCli(['smoke', trained.model_uri], { cwd }).stdout, /rescore\s+failed/);
  });

  await t.test('a row that scikit-learn refuses gets no prediction', () => {
    const header = readFileSync(join(cwd, 'diabetes.csv'), 'utf8')
      .split('\n')[0]!
      .replace(/,target$/, '');
    writeFileSync(join(cwd, 'inf.csv'), `${header}\n${header.split(',').fill('1').with(2, 'inf').join(',')}\n`);
    const { code, stdout, stderr } = runCli(
      ['predict', 'models:/quantity/1', '--input', 'inf.csv', '--schema', 'mlflow'],
      { cwd },
    );
    assert.notEqual(code, 0, stdout);
    assert.match(stderr, /infinite|finite/);
    assert.doesNotMatch(stdout, /\d/);
  });
});

test('a target that is no quantity is refused, and the hint says what to do', () => {
  const cwd = scratch();
  const refuse = (csv: string, target: string, message: RegExp, hint: RegExp) => {
    writeFileSync(join(cwd, 'data.csv'), csv);
    const { code, stderr } = runCli(['train', '--data', 'data.csv', '--target', target, ...RIDGE], { cwd });
    assert.equal(code, 5, stderr);
    assert.match(stderr, message);
    assert.match(stderr, hint);
  };
  const RIDGE = ['--set', 'pipeline=[ridge]', '--set', 'split.stratify=false', '--dry-run'];
  refuse(
    'a,y\n1,2.5\n2,\n3,4\n4,5\n',
    'y',
    /the target "y" is missing in row 1/,
    /leave out the rows without a target/,
  );
  refuse(
    'a,y\n1,low\n2,high\n3,low\n',
    'y',
    /the target "y" holds string values; a regressor predicts a number/,
    /classifier/,
  );
  refuse('a,y\n1,true\n2,false\n3,true\n', 'y', /the target "y" holds boolean values/, /classifier/);
  refuse('a,y\n1,2\n2,inf\n3,4\n', 'y', /the target "y" is Infinity in row 1/, /finite target/);
  refuse(
    'prediction,y\n1,2\n2,3\n3,4\n',
    'y',
    /"prediction" is named like an output of the model/,
    /rename the column/,
  );
});
