// A pipeline whose steps disagree about the number of columns is refused when it is loaded: the file is at fault, not the rows.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const found = pythonOf('mlflow');
const options = { skip: 'skip' in found ? found.skip : false };

const SAVE = `
import sys, logging, warnings
warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
import mlflow.sklearn, pandas as pd
from mlflow.models import infer_signature
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, StandardScaler
frame = pd.DataFrame({'a': [0.5, 1, 2, 3], 'b': [1.0, 5, 2, 2], 'c': ['x', 'y', 'x', 'z']})
y = [0, 1, 0, 1]
def save(name, first):
    model = make_pipeline(first, LogisticRegression()).fit(frame, y)
    signature = infer_signature(frame, y)
    mlflow.sklearn.save_model(model, name + '/good', signature=signature, serialization_format='cloudpickle')
    model.steps[1] = (model.steps[1][0], LogisticRegression().fit(frame[['a']].values, y))
    mlflow.sklearn.save_model(model, name + '/bad', signature=signature, serialization_format='cloudpickle')
save('numbers', make_column_transformer((StandardScaler(), ['a', 'b'])))
save('binned', make_column_transformer((KBinsDiscretizer(2), ['a', 'b'])))
`;

test('steps that disagree about their columns are refused at load with exit 7', options, () => {
  const cwd = scratch('mlctl-misfits-');
  const made = runPython('python' in found ? found.python : '', SAVE, [], { cwd });
  assert.equal(made.status, 0, made.stderr);
  for (const name of ['numbers', 'binned']) {
    const good = runCli(['load', join(name, 'good')], { cwd });
    assert.equal(good.code, 0, good.stderr);
    const bad = runCli(['load', join(name, 'bad')], { cwd });
    assert.equal(bad.code, 7, bad.stderr + bad.stdout);
    assert.match(bad.stderr + bad.stdout, /logistic_regression: \d columns reach it; it was fitted on 1/);
  }
});
