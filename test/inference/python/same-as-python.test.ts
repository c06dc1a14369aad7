// Models that Python logged: what Python answers through the bridge is what mlctl answers itself, and values of every type survive.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Column, Table } from '../../../src/data/table.js';
import { openPackage } from '../../../src/inference/open-package.js';
import { digestPackage } from '../../../src/model/digest-package.js';
import { readPackage } from '../../../src/model/read-package.js';
import { castDocument } from '../../../src/schema/cast.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';
import { openWithPython } from './python-models.js';

const PROGRAM = `
import sys, os, json, logging, warnings
warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
import numpy as np, pandas as pd, mlflow
from mlflow.models import ModelSignature, infer_signature
from mlflow.types import ColSpec, DataType, Schema
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

root = sys.argv[1]
x, y = load_iris(return_X_y=True, as_frame=True)
names = np.array(['setosa', 'versicolor', 'virginica'])[y]
rows = x.iloc[::10]

def save(name, model, given, **more):
    signature = infer_signature(given, getattr(model, more.get('pyfunc_predict_fn', 'predict'))(given))
    mlflow.sklearn.save_model(model, os.path.join(root, name), signature=signature, input_example=given, serialization_format='cloudpickle', **more)

save('labels', make_pipeline(StandardScaler(), LogisticRegression()).fit(x, names), rows)
save('numbers', RandomForestClassifier(n_estimators=5, random_state=0).fit(x, y), rows)
save('chances', LogisticRegression().fit(x, y), rows, pyfunc_predict_fn='predict_proba')
save('targets', LinearRegression().fit(x, np.c_[y, -y]), rows)
save('tensor', LinearRegression().fit(x.to_numpy(), y), rows.to_numpy())
save('float32', LinearRegression().fit(x.to_numpy('f4'), y), rows.to_numpy('f4'))

types = ['boolean', 'integer', 'long', 'float', 'double', 'string', 'binary', 'datetime']
class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        assert [str(one.dtype) for _, one in model_input[['integer', 'long', 'float', 'double']].items()] == ['int32', 'int64', 'float32', 'float64']
        return model_input
schema = Schema([ColSpec(DataType[one], one) for one in types])
mlflow.pyfunc.save_model(os.path.join(root, 'echo'), python_model=Echo(), signature=ModelSignature(schema))

class Kinds(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        n = len(model_input)
        return pd.DataFrame({
            'nullable': pd.array([2**60 + 1, None][:n], dtype='Int64'),
            'flag': pd.array([True, None][:n], dtype='boolean'),
            'category': pd.Categorical(['b', 'a'][:n]),
            'text': ['x', None][:n],
            'when': pd.to_datetime(['2020-01-02T03:04:05.000000006', None][:n]),
            'zoned': pd.to_datetime(['2020-01-02T03:00:00+01:00'] * n),
            'nested': [{'a': [1, 2**60 + 1, float('nan')]}, [np.float32(0.5), np.int64(3)]][:n],
            'half': np.array([0.5, np.inf][:n], dtype='f2'),
            'small': np.array([200, 3][:n], dtype='u1'),
            'large': np.array([2**63 + 1, 3][:n], dtype='u8'),
        })
mlflow.pyfunc.save_model(os.path.join(root, 'kinds'), python_model=Kinds(), signature=ModelSignature(Schema([ColSpec(DataType.double, 'a')])))

class Records(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return {'twice': np.asarray(model_input['a']) * 2, 'pair': np.c_[model_input['a'], model_input['a']]}
mlflow.pyfunc.save_model(os.path.join(root, 'records'), python_model=Records(), signature=ModelSignature(Schema([ColSpec(DataType.double, 'a')])))
`;

const found = pythonOf('mlflow');
const python = 'python' in found ? found.python : '';
const options = 'skip' in found ? { skip: found.skip } : {};
const root = scratch('mlctl-same-as-python-');

test('Python logs models', options, () => {
  const made = runPython(python, PROGRAM, [root]);
  assert.equal(made.status, 0, made.stderr);
});

async function both(name: string): Promise<readonly [ours: Table, theirs: Table]> {
  const packageFolder = join(root, name);
  const { model, flavor, payload } = await readPackage(packageFolder);
  const digest = await digestPackage(packageFolder);
  const request = { packageFolder, digest, model, flavor, payload, trusted: false, timeoutMs: 60_000 };
  const body = digest.bytes.get('serving_input_example.json');
  const cast = await castDocument(new TextDecoder().decode(body), 'json', model.signature!, 'strict');
  assert.ok(cast.ok, JSON.stringify(cast));
  const ours = await openPackage(request);
  const theirs = await openWithPython(python, packageFolder);
  const answers = [await ours.predict(cast.table), await theirs.model.predict(cast.table)] as const;
  await ours.close();
  await theirs.model.close();
  return answers;
}

for (const name of ['labels', 'numbers', 'chances', 'targets', 'tensor', 'float32'])
  test(`scikit-learn, ${name}: both engines answer the same table`, options, async () => {
    const [ours, theirs] = await both(name);
    const near = (table: Table) => ({
      rows: table.rows,
      columns: table.columns.map(({ name, type, values }) => ({
        name,
        // mlctl widens what scikit-learn answers in float32
        type: type === 'float' ? 'double' : type,
        values: Array.from(values as Iterable<unknown>)
          .flat()
          .map(rounded),
      })),
    });
    assert.ok(ours.rows > 10);
    assert.deepEqual(near(theirs), near(ours));
  });

const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(name32(value))) : value;
/** float32 has seven digits, and sums in another order differ in the last ones of float64. */
const name32 = (value: number): number => (Math.fround(value) === value ? 5 : 11);

test('values of every type reach Python and come back', options, async () => {
  const columns: Column[] = [
    { name: 'boolean', type: 'boolean', values: Uint8Array.of(1, 0) },
    { name: 'integer', type: 'integer', values: Int32Array.of(-(2 ** 31), 7) },
    { name: 'long', type: 'long', values: BigInt64Array.of(2n ** 63n - 1n, -(2n ** 53n) - 1n) },
    { name: 'float', type: 'float', values: Float32Array.of(0.1, Number.NEGATIVE_INFINITY) },
    { name: 'double', type: 'double', values: Float64Array.of(-0, Number.NaN) },
    { name: 'string', type: 'string', values: ['é "quoted"\n', '\u2028'] },
    { name: 'binary', type: 'binary', values: [Uint8Array.of(0, 255), Uint8Array.of()] },
    { name: 'datetime', type: 'datetime', values: BigInt64Array.of(1_577_934_245_000_000_006n, -1n) },
  ];
  const { model } = await openWithPython(python, join(root, 'echo'));
  const answer = await model.predict({ rows: 2, columns });
  const infinite = await model.predict({
    rows: 1,
    columns: columns.map((column) =>
      column.type === 'double'
        ? { ...column, values: Float64Array.of(Number.POSITIVE_INFINITY) }
        : ({ ...column, values: column.values.slice(0, 1) } as Column),
    ),
  });
  await model.close();
  const expected = columns.map((column) =>
    // JSON has no bytes, so Python's answer is their base64.
    column.type === 'binary' ? { name: 'binary', type: 'string', values: ['AP8=', ''] } : column,
  );
  assert.deepEqual(answer, { rows: 2, columns: expected });
  assert.equal(infinite.columns[4]?.values[0], Number.POSITIVE_INFINITY);
});

test('the types of pandas and numpy become ours', options, async () => {
  const a: Column = { name: 'a', type: 'double', values: Float64Array.of(1, 2) };
  const kinds = await openWithPython(python, join(root, 'kinds'));
  const answer = await kinds.model.predict({ rows: 2, columns: [a] });
  await kinds.model.close();
  const nulls = Uint8Array.of(0, 1);
  assert.deepEqual(
    answer.columns.map(({ name, ...column }) => [name, column]),
    [
      ['nullable', { type: 'long', values: BigInt64Array.of(2n ** 60n + 1n, 0n), nulls }],
      ['flag', { type: 'boolean', values: Uint8Array.of(1, 0), nulls }],
      ['category', { type: 'string', values: ['b', 'a'] }],
      ['text', { type: 'string', values: ['x', ''], nulls }],
      ['when', { type: 'datetime', values: BigInt64Array.of(1_577_934_245_000_000_006n, -(2n ** 63n)), nulls }],
      ['zoned', { type: 'datetime', values: BigInt64Array.of(1_577_930_400_000_000_000n, 1_577_930_400_000_000_000n) }],
      ['nested', { type: 'object', values: [record({ a: [1, 2n ** 60n + 1n, Number.NaN] }), [0.5, 3]] }],
      ['half', { type: 'float', values: Float32Array.of(0.5, Number.POSITIVE_INFINITY) }],
      ['small', { type: 'integer', values: Int32Array.of(200, 3) }],
      ['large', { type: 'object', values: [2n ** 63n + 1n, 3] }],
    ],
  );
  const records = await openWithPython(python, join(root, 'records'));
  const named = await records.model.predict({ rows: 2, columns: [a] });
  await records.model.close();
  assert.deepEqual(named.columns, [
    { name: 'twice', type: 'double', values: Float64Array.of(2, 4) },
    {
      name: 'pair',
      type: 'object',
      values: [
        [1, 1],
        [2, 2],
      ],
    },
  ]);
});

const record = (entries: object) => Object.assign(Object.create(null), entries) as object;
