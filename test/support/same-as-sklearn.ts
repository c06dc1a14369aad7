// Makes models with real scikit-learn, pickles them, and compares the answers of our values with those of Python.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Method } from '../../src/estimators/evaluator.js';
import { type Frame, widthOf } from '../../src/estimators/frame.js';
import { frameOfMatrix } from '../../src/estimators/frame-of-matrix.js';
import { PARTS } from '../../src/estimators/parts.js';
import type { Prediction } from '../../src/estimators/prediction.js';
import { readModel } from '../../src/python/read-model.js';
import { type PythonEnvironment, pythonOf, runPython } from './python.js';

/** Python's part: `case(name, model, X, y, rows, *methods)` fits the model and writes it down with its answers. */
const PRELUDE = `
import base64, json, pickle, warnings
warnings.filterwarnings('ignore')
import numpy as np
import scipy.sparse
random = np.random.default_rng(7)
def case(name, model, X, y, rows, *methods):
    model = model.fit(X, y) if y is not None else model.fit(X)
    answers = {}
    for method in methods:
        answer = getattr(model, method)(rows)
        answer = answer.toarray() if scipy.sparse.issparse(answer) else np.asarray(answer)
        answers[method] = [v if isinstance(v, str) else repr(float(v)) for v in answer.ravel().tolist()]
    print(json.dumps(dict(name=name, pickle=base64.b64encode(pickle.dumps(model)).decode(), rows=[[None if v != v else v for v in row] for row in np.asarray(rows).tolist()], answers=answers)))
`;

interface Case {
  readonly name: string;
  readonly pickle: string;
  /** Null is NaN. */
  readonly rows: readonly (readonly (number | null)[])[];
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

/** Each answer has to be the same label, or the same number to 1e-13 relative and absolute, or to `within`. */
export function sameAsSklearn(
  title: string,
  program: string,
  within: Readonly<Record<string, number>> = {},
  name: PythonEnvironment = 'mlflow',
): void {
  const environment = pythonOf(name);
  const skip = 'skip' in environment ? environment.skip : false;
  test(title, { skip }, async (context) => {
    if (!('python' in environment)) return;
    const { status, stdout, stderr } = runPython(environment.python, PRELUDE + program);
    assert.equal(status, 0, stderr);
    const cases = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Case);
    assert.ok(cases.length > 0);
    for (const made of cases) await context.test(made.name, () => compare(made, within[made.name] ?? 1e-13));
  });
}

async function compare({ pickle, rows, answers }: Case, within: number): Promise<void> {
  const part = await readModel(Buffer.from(pickle, 'base64'), 'pickle');
  const frame = frameOfMatrix(
    rows.length,
    rows[0]!.length,
    Float64Array.from(rows.flat(), (value) => value ?? Number.NaN),
  );
  for (const [method, expected] of Object.entries(answers)) {
    const found = flat(PARTS[method as Method](part, frame));
    assert.equal(found.length, expected.length, method);
    for (const [i, wanted] of expected.entries()) {
      const value = found[i]!;
      if (typeof value === 'string') assert.equal(value, wanted, `${method}[${i}]`);
      else {
        const number = wanted === 'nan' ? Number.NaN : Number(wanted);
        const same = Object.is(value, number) || Math.abs(value - number) <= within * (1 + Math.abs(number));
        assert.ok(same, `${method}[${i}]: ${value}, Python says ${wanted}`);
      }
    }
  }
}

/** Row by row. */
function flat(answer: Frame | Prediction | { readonly values: Float64Array }): (number | string)[] {
  if ('columns' in answer) {
    const width = widthOf(answer);
    return Array.from({ length: answer.rows * width }, (_, at) => {
      const column = answer.columns[at % width]!;
      return column.values[Math.floor(at / width)]!;
    });
  }
  if (!('role' in answer)) return Array.from(answer.values);
  switch (answer.role) {
    case 'regressor':
      return Array.from(answer.values);
    case 'clusterer':
      return Array.from(answer.clusters, Number);
    case 'classifier':
      return Array.from(answer.codes, (code) => plain(answer.classes.values[code]!));
    case 'outputs': {
      const [first] = answer.outputs;
      return Array.from(first!.codes).flatMap((_, i) =>
        answer.outputs.map(({ classes, codes }) => plain(classes.values[codes[i]!]!)),
      );
    }
  }
}

const plain = (label: bigint | string | number | boolean): number | string =>
  typeof label === 'string' ? label : Number(label);
