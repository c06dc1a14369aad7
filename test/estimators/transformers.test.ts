// Fitted transformers against scikit-learn's own learned values and outputs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from '../../src/estimators/frame.js';
import { transformFrame } from '../../src/estimators/predict.js';
import { fitSteps } from '../../src/recipe/fit-steps.js';
import { pythonOf, runPython } from '../support/python.js';

const PROGRAM = `
import json, sys, warnings, numpy as np, pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import *
from sklearn.compose import ColumnTransformer
warnings.simplefilter('ignore')
rng = np.random.RandomState(2)
n = 301
numbers = {'gauss': rng.normal(5, 2, n), 'gaps': np.where(rng.rand(n) < .2, np.nan, rng.normal(0, 1, n)), 'constant': np.full(n, 0.1), 'nearly': 1e8 + rng.rand(n) * 1e-9,
  'small': rng.normal(0, 1e-9, n), 'ties': rng.randint(0, 4, n) / 2, 'large': rng.normal(0, 1e12, n), 'zero': np.zeros(n)}
texts = {'words': rng.choice(['b', 'B', 'é', '\\U0001F600', '\\uff5e', 'a b', ''], n).tolist(), 'holes': [None if rng.rand() < .3 else str(rng.choice(['x', 'y', 'z'])) for _ in range(n)]}
frame = pd.DataFrame({**numbers, **{k: pd.Series(v, dtype=object) for k, v in texts.items()}})
cases = []
def case(kind, params, columns, sk):
    made = ColumnTransformer([('s', sk, columns)], remainder='passthrough', verbose_feature_names_out=False)
    out = made.fit_transform(frame)
    rest = [c for c in frame.columns if c not in columns]
    width = out.shape[1] - len(rest)
    block = [[None if v is None or (isinstance(v, float) and v != v) else v for v in out[:, j]] for j in range(width)]
    s = made.named_transformers_['s']
    cases.append({'kind': kind, 'params': params, 'columns': columns, 'block': block, 'rest': rest, 'categories': [list(c) for c in s.categories_] if kind == 'one_hot_encoder' else None})
N = list(numbers)
for m in (True, False):
    for s in (True, False): case('standard_scaler', {'with_mean': m, 'with_std': s}, N, StandardScaler(with_mean=m, with_std=s))
case('standard_scaler', {'with_mean': True, 'with_std': True}, ['ties', 'gauss'], StandardScaler())
case('min_max_scaler', {'feature_range': [0, 1], 'clip': False}, N, MinMaxScaler())
case('min_max_scaler', {'feature_range': [-2.5, 3], 'clip': True}, N[::-1], MinMaxScaler(feature_range=(-2.5, 3), clip=True))
for strategy in ('mean', 'median', 'most_frequent', 'constant'): case('simple_imputer', {'strategy': strategy, 'fill_value': None}, N, SimpleImputer(strategy=strategy))
case('simple_imputer', {'strategy': 'constant', 'fill_value': -7.5}, ['gaps'], SimpleImputer(strategy='constant', fill_value=-7.5))
case('simple_imputer', {'strategy': 'most_frequent', 'fill_value': None}, ['holes'], SimpleImputer(strategy='most_frequent', missing_values=None))
case('simple_imputer', {'strategy': 'constant', 'fill_value': None}, ['holes'], SimpleImputer(strategy='constant', missing_values=None))
case('simple_imputer', {'strategy': 'constant', 'fill_value': 'w'}, ['holes'], SimpleImputer(strategy='constant', fill_value='w', missing_values=None))
for drop in (None, 'first', 'if_binary'): case('one_hot_encoder', {'handle_unknown': 'error', 'drop': drop}, ['words', 'ties'], OneHotEncoder(drop=drop, sparse_output=False))
json.dump({'numbers': {k: [None if x != x else x for x in v.tolist()] for k, v in numbers.items()}, 'texts': texts, 'cases': cases}, sys.stdout)
`;

interface Answer {
  numbers: Record<string, (number | null)[]>;
  texts: Record<string, (string | null)[]>;
  cases: {
    kind: string;
    params: Record<string, unknown>;
    columns: string[];
    block: (number | string | null)[][];
    rest: string[];
    categories: unknown[] | null;
  }[];
}

test('fitted transformers give the columns of scikit-learn', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const done = runPython(environment.python, PROGRAM);
  assert.equal(done.status, 0, done.stderr);
  const answer: Answer = JSON.parse(done.stdout);
  const frame: Frame = {
    rows: 301,
    columns: [
      ...Object.entries(answer.numbers).map(
        ([name, values]) =>
          ({ kind: 'number', name, values: Float64Array.from(values, (x) => x ?? Number.NaN) }) as const,
      ),
      ...Object.entries(answer.texts).map(
        ([name, values]) =>
          ({
            kind: 'text',
            name,
            values: values.map((x) => x ?? ''),
            nulls: Uint8Array.from(values, (x) => (x === null ? 1 : 0)),
          }) as const,
      ),
    ],
  };
  for (const { kind, params, columns, block, rest, categories } of answer.cases) {
    const what = `${kind} ${JSON.stringify(params)} over ${columns}`;
    const training = { target: { role: 'regressor', values: new Float64Array() }, warn: () => {} } as const;
    const fitted = fitSteps([{ name: kind, params, columns }], frame, training, 'pipeline');
    const out = transformFrame(fitted, frame);
    assert.deepEqual(
      out.columns.slice(block.length).map((column) => column.name),
      rest,
      what,
    );
    const step = fitted.steps[0]!.estimator;
    assert.ok(step.kind === 'ColumnTransformer');
    const { transformer } = step.transformers_[0]!;
    if (typeof transformer === 'object' && transformer.kind === 'OneHotEncoder')
      assert.deepEqual(transformer.categories_, categories, what);
    block.forEach((values, j) => {
      const mine = out.columns[j]!;
      const input = Math.max(0, ...(answer.numbers[columns[j]!] ?? []).map((x) => Math.abs(x ?? 0)));
      const scale = Math.max(input * 1e-2, ...values.map((x) => (typeof x === 'number' ? Math.abs(x) : 0)));
      values.forEach((value, i) => {
        const own = mine.values[i]!;
        const same =
          value === null
            ? Number.isNaN(own)
            : typeof value === 'number'
              ? Math.abs((own as number) - value) <= 1e-12 * scale
              : own === value;
        assert.ok(same, `${what}: column ${mine.name}, row ${i}: ${own}, scikit-learn ${value}`);
      });
    });
  }
});
