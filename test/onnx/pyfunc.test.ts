import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { lastStep } from '../support/estimators.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { CASES, expected } from './pipelines.js';

/** Text inputs need pandas 2 (an upstream fault of mlflow.onnx with pandas 3). */
const ENVIRONMENTS = [
  ['mlflow', CASES.filter(({ table }) => table.columns.every(({ type }) => type !== 'string'))],
  ['pandas2', CASES],
] as const;

describe("Python's MLflow reads the graphs as its own", () => {
  for (const [environment, cases] of ENVIRONMENTS) {
    test(`pyfunc in the environment ${environment}, columns in any order`, (t) => {
      const python = pythonOf(environment);
      if ('skip' in python) return t.skip(python.skip);
      const folder = scratch();
      const described = cases.map(({ estimator, inputs, table }, i) => {
        writeFileSync(join(folder, `${i}.onnx`), convertEstimator(estimator, inputs));
        const columns = table.columns.map(({ name, type, values }) => [
          name,
          type,
          Array.from(values as ArrayLike<unknown>, String),
        ]);
        return { file: join(folder, `${i}.onnx`), columns };
      });
      writeFileSync(join(folder, 'cases.json'), JSON.stringify(described));
      const done = runPython(python.python, PROGRAM, ['cases.json'], { cwd: folder });
      assert.equal(done.status, 0, done.stderr);
      const answers = JSON.parse(done.stdout.trim().split('\n').at(-1)!) as [string, string, unknown[]][][];
      cases.forEach((example, i) => {
        const { labels, probabilities } = expected(example);
        const { classes_: classes } = lastStep(example.estimator);
        const [label, ...rest] = answers[i]!;
        assert.deepEqual(label, ['label', classes.type === 'long' ? 'int64' : label![1], labels.map(String)]);
        assert.deepEqual(
          rest.map(([name, type]) => [name, type]),
          classes.values.map((value) => [`probability_${value}`, 'float64']),
        );
        probabilities.forEach((row, r) => {
          row.forEach((wanted, c) => {
            const found = rest[c]![2][r] as number;
            assert.ok(
              Math.abs(found - wanted) <= 1e-13 * wanted + 1e-300,
              `${example.name}, row ${r}: ${found}, ${wanted}`,
            );
          });
        });
      });
    });
  }
});

const PROGRAM = `
import json, sys, onnx, mlflow, numpy as np, pandas as pd
answers = []
for i, case in enumerate(json.load(open(sys.argv[1]))):
    mlflow.onnx.save_model(onnx.load(case['file']), f'package{i}', pip_requirements=['onnxruntime'])
    make = {'double': lambda v: np.array([float(x) for x in v]), 'long': lambda v: np.array([int(x) for x in v]), 'boolean': lambda v: np.array([x == '1' for x in v]), 'string': lambda v: np.array(v, dtype=object)}
    frame = pd.DataFrame({name: make[kind](values) for name, kind, values in reversed(case['columns'])})
    out = mlflow.pyfunc.load_model(f'package{i}').predict(frame)
    answers.append([[c, str(out[c].dtype), [str(x) for x in out[c]] if c == 'label' else [float(x) for x in out[c]]] for c in out.columns])
print(json.dumps(answers))
`;
