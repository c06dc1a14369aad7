// A model that answers a row by the rows that come with it gets the whole input at once, as in Python, or is refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { predict } from '../../src/operations/predict.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const found = pythonOf('mlflow');
const python = 'python' in found ? found.python : '';
const options = { skip: 'skip' in found ? found.skip : false };

const STREAMS = { stdin: Readable.from([]), stdout: new Writable() };

/** The weights of the later rows need more iterations than those of the first ones. */
const LOG = `
import sys, logging, warnings
warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
import mlflow.sklearn, numpy as np, pandas as pd
from mlflow.models import infer_signature
from sklearn.compose import make_column_transformer
from sklearn.decomposition import NMF, MiniBatchNMF
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
random = np.random.RandomState(0)
easy, hard = np.outer(random.rand(17_000), [1, 0, 0, 0, 0, 0]), random.rand(3_000, 6) * 100
rows = np.vstack([easy, hard])
frame = pd.DataFrame(rows, columns=[f"x{j}" for j in range(6)])
frame.to_csv("rows.csv", index=False)
y = rows @ np.arange(6)
for name, nmf in (("nmf", NMF(3, random_state=0, solver="mu", beta_loss=1, tol=1e-3, max_iter=100)), ("batch", MiniBatchNMF(3, random_state=0, tol=1e-3, max_iter=50))):
    model = make_pipeline(make_column_transformer((nmf, list(frame.columns))), Ridge()).fit(frame[-1000:], y[-1000:])
    mlflow.sklearn.save_model(model, name, signature=infer_signature(frame, y), serialization_format='cloudpickle')
    mlflow.pyfunc.load_model(name).predict(frame).tofile(name + ".answers")
`;

test('NMF and MiniBatchNMF answer a large input as Python does: all rows together', options, async () => {
  const cwd = scratch('mlctl-together-');
  const made = runPython(python, LOG, [], { cwd });
  assert.equal(made.status, 0, made.stderr);
  for (const name of ['nmf', 'batch']) {
    const request = { uri: name, input: 'rows.csv', output: `${name}.csv` };
    const done = await predict(testWorld({ cwd }), request, STREAMS);
    assert.equal(done.rows, 20_000);
    const lines = readFileSync(join(cwd, `${name}.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const wanted = readFileSync(join(cwd, `${name}.answers`));
    lines.forEach((line, row) => {
      const theirs = wanted.readDoubleLE(row * 8);
      assert.ok(
        Math.abs(Number(line) - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs)),
        `${name}, row ${row}: ${line}, not ${theirs}`,
      );
    });
  }
});
