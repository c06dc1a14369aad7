// Figures of regression against scikit-learn run for real, to the last digit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regressionMetrics } from '../../src/training/regression-metrics.js';
import { pythonOf, runPython } from '../support/python.js';

const PROGRAM = `
import json, sys, numpy as np
from sklearn.metrics import *
rng = np.random.RandomState(3)
cases = []
def add(name, y, p):
    y, p = np.asarray(y, float), np.asarray(p, float)
    cases.append(dict(name=name, y=y.tolist(), p=p.tolist(), figures=dict(val_rmse=root_mean_squared_error(y, p), val_mae=mean_absolute_error(y, p),
        **(dict(val_r2=r2_score(y, p)) if len(y) > 1 else {}), val_mape=mean_absolute_percentage_error(y, p))))
for n in [1, 2, 3, 7, 8, 9, 100, 127, 128, 129, 1000, 4097, 50000]:
    y = rng.normal(50, 20, n)
    add(f'{n} rows', y, y + rng.normal(0, 5, n))
    add(f'{n} rows, skewed', np.exp(y / 10), np.exp(y / 10 + rng.normal(0, .3, n)))
add('a constant target', [3, 3, 3], [3, 3, 4])
add('a constant target, all right', [3, 3, 3], [3, 3, 3])
add('all right', [1, 2, 3], [1, 2, 3])
add('a zero among the targets', [0, 1, 2, -0.0], [0.5, 1, 2, 0])
add('worse than the mean', [1, 2, 3], [30, 2, -3])
add('huge', [1e150, -2e150], [1.5e150, 0])
json.dump(cases, sys.stdout)
`;

test('rmse, mae, r2 and mape are those of scikit-learn to the last digit', async (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const done = runPython(environment.python, PROGRAM);
  assert.equal(done.status, 0, done.stderr);
  for (const { name, y, p, figures } of JSON.parse(done.stdout))
    await t.test(name, () => {
      const metrics = regressionMetrics(Float64Array.from(y), Float64Array.from(p));
      assert.deepEqual(Object.fromEntries(metrics), figures);
    });
});
