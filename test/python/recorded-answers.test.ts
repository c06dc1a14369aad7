// Models that several versions of scikit-learn pickled answer here as they answered in Python (fixtures/python/answers).
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Method } from '../../src/estimators/evaluator.js';
import type { Part } from '../../src/estimators/fitted.js';
import { type Frame, matrixOf, widthOf } from '../../src/estimators/frame.js';
import { csrOf, frameOfCsr, frameOfMatrix } from '../../src/estimators/frame-of-matrix.js';
import { PARTS } from '../../src/estimators/parts.js';
import type { Scores } from '../../src/estimators/prediction.js';
import { predicted } from '../../src/inference/open-sklearn.js';
import { readModel } from '../../src/python/read-model.js';
import { FIXTURES } from '../support/paths.js';

interface Recorded {
  readonly name: string;
  readonly pickle: string;
  readonly sparse: boolean;
  readonly float32: boolean;
  readonly rows: readonly (readonly number[])[];
  readonly answers: Readonly<Partial<Record<Method, readonly unknown[]>>>;
}

const FOLDER = join(FIXTURES, 'python', 'answers');
const WORDS: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

function frameOf({ rows, sparse, float32 }: Recorded): Frame {
  const [width, values] = [rows[0]!.length, rows.flat()];
  const numbers = float32 ? Float32Array.from(values) : Float64Array.from(values);
  return sparse
    ? frameOfCsr(rows.length, csrOf(rows.length, width, numbers))
    : frameOfMatrix(rows.length, width, numbers);
}

function answer(part: Part, frame: Frame, method: Method): unknown[] {
  if (method === 'transform') {
    const made = PARTS.transform(part, frame);
    return listed({ values: matrixOf(made, 'test'), width: widthOf(made) });
  }
  return listed(method === 'predict' ? predicted(PARTS.predict(part, frame)) : (PARTS[method](part, frame) as Scores));
}

function listed({ values, width }: { values: ArrayLike<unknown>; width: Scores['width'] }): unknown[] {
  const all = Array.from(values);
  return width === null
    ? all
    : Array.from({ length: all.length / width }, (_, i) => all.slice(i * width, (i + 1) * width));
}

function same(found: unknown, recorded: unknown, tolerance: number, where: string): void {
  if (Array.isArray(recorded)) {
    assert.ok(Array.isArray(found) && found.length === recorded.length, `${where}: ${found}, expected ${recorded}`);
    for (const [i, value] of recorded.entries()) same(found[i], value, tolerance, `${where}[${i}]`);
    return;
  }
  const wanted = WORDS[recorded as string] ?? recorded;
  const near = typeof wanted === 'number' && Math.abs(Number(found) - wanted) <= tolerance * (1 + Math.abs(wanted));
  assert.ok(near || Object.is(plainOf(found), wanted), `${where}: ${found}, expected ${wanted}`);
}

const plainOf = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
  describe(file.slice(0, -5), () => {
    for (const recorded of JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded[]) {
      test(recorded.name, async () => {
        const part = await readModel(Buffer.from(recorded.pickle, 'base64'), 'pickle');
        const frame = frameOf(recorded);
        for (const [method, values] of Object.entries(recorded.answers))
          same(answer(part, frame, method as Method), values, recorded.float32 ? 1e-6 : 1e-13, method);
      });
    }
  });
}
