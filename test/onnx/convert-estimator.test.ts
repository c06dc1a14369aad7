import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { column, lastStep, on, pipeline } from '../support/estimators.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { CASES, expected, type PipelineCase } from './pipelines.js';

const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-node');

async function run({ table }: PipelineCase, bytes: Uint8Array) {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 4, intraOpNumThreads: 1 });
  const shape = table.columns.length === 1 ? [table.rows, 1] : [table.rows];
  const type = { double: 'float64', long: 'int64', boolean: 'bool', string: 'string' } as const;
  const feeds = Object.fromEntries(
    table.columns.map((c) => [c.name, new ort.Tensor(type[c.type as 'double'], c.values as never, shape)]),
  );
  // `__proto__` as a column must be an own key.
  for (const c of table.columns)
    if (c.name === '__proto__')
      Object.defineProperty(feeds, c.name, {
        value: new ort.Tensor('int64', c.values as never, shape),
        enumerable: true,
      });
  return session.run(feeds);
}

const close = (found: number, wanted: number, where: string) =>
  assert.ok(Math.abs(found - wanted) <= 1e-13 * Math.abs(wanted) + 1e-300, `${where}: ${found} instead of ${wanted}`);

describe('convertEstimator', () => {
  for (const example of CASES) {
    test(`onnxruntime answers as the formulas do: ${example.name}`, async () => {
      const answer = await run(example, convertEstimator(example.estimator, example.inputs));
      const { labels, probabilities } = expected(example);
      const classes = lastStep(example.estimator).classes_.values;
      assert.deepEqual(Object.keys(answer), ['label', ...classes.map((label) => `probability_${label}`)]);
      assert.deepEqual([...(answer.label!.data as never[])], labels);
      classes.forEach((label, c) => {
        const found = answer[`probability_${label}`]!;
        assert.deepEqual([found.type, found.dims], ['float64', [example.table.rows]]);
        probabilities.forEach((row, i) => {
          close(found.data[i] as number, row[c]!, `row ${i}, class ${label}`);
        });
      });
    });
  }

  test('no rows give no answers', async () => {
    const empty = CASES[0]!;
    const columns = empty.table.columns.map((c) => ({ ...c, values: c.values.slice(0, 0) })) as never;
    const answer = await run(
      { ...empty, table: { rows: 0, columns } },
      convertEstimator(empty.estimator, empty.inputs),
    );
    for (const output of Object.values(answer)) assert.deepEqual(output.dims, [0]);
  });

  test('an unknown category fails by name where handle_unknown is error', async () => {
    const example = CASES[4]!;
    const unknown = {
      ...example,
      table: { rows: 1, columns: [{ name: 'word', type: 'string', values: ['z'] }] },
    } as const;
    await assert.rejects(
      run(unknown, convertEstimator(example.estimator, example.inputs)),
      /unknown category in column "word"/,
    );
    const number = CASES[3]!;
    const three = {
      ...number,
      table: { rows: 1, columns: [{ name: 'x', type: 'double', values: Float64Array.of(3) }] },
    } as const;
    await assert.rejects(
      run(three, convertEstimator(number.estimator, number.inputs)),
      /unknown category in column "x"/,
    );
  });

  test('where unknown categories are ignored, a missing number is one, as in scikit-learn', async () => {
    const example = CASES[2]!;
    const inputs = example.inputs.map((one) => (one.name === 'floor' ? column('floor') : one));
    const floor = (values: number[]) =>
      run(
        {
          ...example,
          table: {
            rows: 4,
            columns: [
              ...example.table.columns.slice(0, 2),
              { name: 'floor', type: 'double', values: Float64Array.from(values) },
            ],
          },
        },
        convertEstimator(example.estimator, inputs),
      );
    const [missing, unknown] = [await floor([0, 5, Number.NaN, 2]), await floor([0, 5, -77, 2])];
    for (const [name, { data }] of Object.entries(missing)) assert.deepEqual(data, unknown[name]!.data);
  });

  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    test(`${bad} in a row is refused, as scikit-learn refuses it`, async () => {
      for (const example of [CASES[0]!, CASES[1]!]) {
        const columns = example.table.columns.map((c) =>
          c.type === 'double' ? { ...c, values: c.values.with(1, bad) } : c,
        );
        // MinMaxScaler's clip makes an infinity finite in scikit-learn too; the other columns stay.
        await assert.rejects(
          run(
            { ...example, table: { ...example.table, columns } },
            convertEstimator(example.estimator, example.inputs),
          ),
          /without a finite score/,
        );
      }
    });
  }

  test('names that a graph cannot have are refused', () => {
    const model = lastStep(CASES[0]!.estimator);
    const written = (names: readonly string[]) =>
      convertEstimator(
        pipeline(names, { ...model, ...on(names) }),
        names.map((name) => column(name)),
      );
    for (const names of [
      ['', 'b', 'c'],
      ['a', 'a', 'c'],
      ['a', 'label', 'c'],
      ['a', 'probability_0', 'c'],
      ['a', 'b\0c', 'd'],
      ['a', '\ud800', 'c'],
    ]) {
      assert.throws(
        () => written(names),
        (e) => e instanceof MlctlError && e.code === 'COLUMN_NAME_UNUSABLE',
      );
    }
    assert.ok(written(['gather', 'gemm', 'shape']).length > 0);
  });

  test('text that no encoder turned into numbers is refused', () => {
    const example = CASES[4]!;
    const model = { ...lastStep(example.estimator), ...on(['word']) };
    assert.throws(() => convertEstimator(pipeline(['word'], model), example.inputs), /text, expected a number/);
  });

  test("Python's checker accepts every graph, and its runtime answers the same", (t) => {
    const python = pythonOf('mlflow');
    if ('skip' in python) return t.skip(python.skip);
    const folder = scratch();
    const cases = CASES.map((example, i) => {
      const file = join(folder, `${i}.onnx`);
      writeFileSync(file, convertEstimator(example.estimator, example.inputs));
      const feeds = example.table.columns.map((c) => [
        c.name,
        c.type,
        Array.from(c.values as never, (v) =>
          c.type === 'long' ? String(v) : Number.isNaN(v as number) && c.type === 'double' ? 'nan' : v,
        ),
      ]);
      return { file, feeds };
    });
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
    const done = runPython(python.python, PROGRAM, [join(folder, 'cases.json')]);
    assert.equal(done.status, 0, done.stderr);
    const answers = JSON.parse(done.stdout) as Record<string, (number | string)[]>[];
    CASES.forEach((example, i) => {
      const { labels, probabilities } = expected(example);
      assert.deepEqual(answers[i]!.label, labels.map(String));
      lastStep(example.estimator).classes_.values.forEach((label, c) => {
        probabilities.forEach((row, r) => {
          close(answers[i]![`probability_${label}`]![r] as number, row[c]!, `${example.name}, row ${r}`);
        });
      });
    });
  });
});

const PROGRAM = `
import json, sys, numpy as np, onnx, onnxruntime as ort
answers = []
for case in json.load(open(sys.argv[1])):
    onnx.checker.check_model(case['file'], full_check=True)
    session = ort.InferenceSession(case['file'], providers=['CPUExecutionProvider'])
    types = {'double': np.float64, 'long': np.int64, 'boolean': np.bool_, 'string': object}
    feeds = {}
    for name, kind, values in case['feeds']:
        array = np.array([int(v) for v in values] if kind == 'long' else [float(v) for v in values] if kind == 'double' else values, dtype=types[kind])
        feeds[name] = array.reshape(-1, 1) if len(case['feeds']) == 1 else array
    names = [o.name for o in session.get_outputs()]
    out = dict(zip(names, session.run(names, feeds)))
    answers.append({k: [str(x) for x in v] if k == 'label' else [float(x) for x in v] for k, v in out.items()})
print(json.dumps(answers))
`;
