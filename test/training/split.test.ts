import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { MT19937 } from '../../src/training/mt19937.js';
import { shuffleSplit, stratifiedShuffleSplit } from '../../src/training/split.js';
import { pythonOf, runPython } from '../support/python.js';

test('MT19937 gives the numbers of numpy.random.RandomState', () => {
  const random = new MT19937(42);
  assert.deepEqual([random.uint32(), random.uint32(), random.uint32()], [1608637542, 3421126067, 4083286876]);
  assert.deepEqual([...new MT19937(0).permutation(10)], [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
});

const SPLITS = `
import json, sys, numpy as np
from sklearn.model_selection import train_test_split
rng = np.random.RandomState(7)
cases = []
for i in range(600):
    n = int(rng.randint(4, 400))
    k = int(rng.randint(2, 9))
    p = rng.dirichlet(np.ones(k) * rng.choice([0.3, 1, 20]))
    y = rng.choice(k, size=n, p=p)
    if i % 3 == 0: y = np.arange(n) % k          # equal classes: ties
    size = float(np.round(rng.uniform(0.02, 0.98), 3)) if i % 2 else int(rng.randint(1, n))
    seed = int(rng.choice([0, 1, 42, 2**32 - 1, rng.randint(2**31)]))
    stratify = i % 5 != 0
    if i % 4 == 0: y = np.array(['class %s' % 'zéaB_\\U0001F600c10 '[v] for v in y])
    case = {'y': y.tolist(), 'test_size': size, 'seed': seed, 'stratify': stratify}
    try:
        train, test = train_test_split(np.arange(n), test_size=size, random_state=seed, stratify=y if stratify else None)
        case['train'] = train.tolist(); case['test'] = test.tolist()
    except ValueError as error:
        case['error'] = str(error)
    cases.append(case)
big = np.arange(200000) % 3
train, test = train_test_split(np.arange(200000), test_size=0.2, random_state=3, stratify=big)
cases.append({'y': big.tolist(), 'test_size': 0.2, 'seed': 3, 'stratify': True, 'train': train.tolist(), 'test': test.tolist()})
json.dump(cases, sys.stdout)
`;

interface SplitCase {
  y: (number | string)[];
  test_size: number;
  seed: number;
  stratify: boolean;
  train?: number[];
  test?: number[];
  error?: string;
}

test('train_test_split: the same rows as scikit-learn, or refused as there', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const answer = runPython(environment.python, SPLITS);
  assert.equal(answer.status, 0, answer.stderr);
  const cases: SplitCase[] = JSON.parse(answer.stdout);
  let refused = 0;
  for (const [i, { y, test_size, seed, stratify, train, test: held, error }] of cases.entries()) {
    const classes = [...new Set(y)].sort((a, b) => (a < b ? -1 : 1));
    const options = { testSize: test_size, randomState: seed };
    const split = () =>
      stratify
        ? stratifiedShuffleSplit(
            Int32Array.from(y, (label) => classes.indexOf(label)),
            classes.map(String),
            options,
          )
        : shuffleSplit(y.length, options);
    if (error !== undefined) {
      refused++;
      assert.throws(
        split,
        (thrown: unknown) => thrown instanceof MlctlError && thrown.code === 'DATA_INVALID',
        `case ${i}: ${error}`,
      );
      continue;
    }
    const made = split();
    assert.deepEqual([...made.train], train, `case ${i}: train`);
    assert.deepEqual([...made.test], held, `case ${i}: test`);
  }
  assert.ok(refused > 20 && refused < cases.length / 2, `${refused} of ${cases.length} refused`);
});
