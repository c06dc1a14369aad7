// LinearRegression and Ridge against scikit-learn run for real, on data of every shape and rank.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Frame } from '../../../src/estimators/frame.js';
import type { LinearRegression, Ridge } from '../../../src/estimators/linear-model/linear-regression.js';
import { fitLinearRegression } from '../../../src/training/linear-model/linear-regression.js';
import { fitRidge } from '../../../src/training/linear-model/ridge.js';
import { finish } from '../../../src/work.js';
import { ROOT, scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

type Params =
  | { kind: 'linear'; fit_intercept: boolean; tol: number }
  | { kind: 'ridge'; fit_intercept: boolean; alpha: number; solver: 'auto' | 'cholesky' | 'svd' };

interface Answer {
  params: Params;
  /** What rounding alone may change in scikit-learn's coefficients, as a part of the greatest. */
  noise: number;
  coef: number[];
  intercept: number;
  fitted: number[];
  fresh: number[];
}

const floats = (file: string): Float64Array => {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

interface Data {
  readonly matrix: Float64Array;
  readonly rows: number;
  readonly features: number;
  readonly target: Float64Array;
}

const frameOf = ({ matrix, rows, features }: Omit<Data, 'target'>): Frame => ({
  rows,
  columns: Array.from({ length: features }, (_, j) => ({
    kind: 'number',
    name: `x${j}`,
    values: Float64Array.from({ length: rows }, (_, i) => matrix[i * features + j]!),
  })),
});

const targetOf = ({ target }: Data) => ({ role: 'regressor', values: target }) as const;

/** Predictions, and the size of the greatest number that was added up for one. */
function predictions({ coef_: coef, intercept_ }: Fit, matrix: Float64Array, rows: number) {
  const intercept = intercept_ as number;
  let size = Math.abs(intercept);
  const values = Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (const [j, weight] of coef.entries()) {
      const term = matrix[i * coef.length + j]! * weight;
      size = Math.max(size, Math.abs(term));
      sum += term;
    }
    return sum + intercept;
  });
  return { values, size };
}

const furthest = (mine: ArrayLike<number>, theirs: readonly number[]): number =>
  theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - mine[i]!)), 0);
const greatest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

type Fit = LinearRegression | Ridge;

const fit = (data: Data, params: Params): Fit =>
  params.kind === 'linear'
    ? finish(fitLinearRegression(frameOf(data), targetOf(data), params))
    : finish(fitRidge(frameOf(data), targetOf(data), params));

test('LinearRegression and Ridge learn what scikit-learn learns', async (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const folder = scratch();
  mkdirSync(folder, { recursive: true });
  const program = readFileSync(join(ROOT, 'test', 'training', 'linear-model', 'sklearn-cases.py'), 'utf8');
  const done = runPython(environment.python, program, [folder]);
  assert.equal(done.status, 0, done.stderr);
  const cases: { name: string; rows: number; features: number; answers: Answer[] }[] = JSON.parse(
    readFileSync(join(folder, 'cases.json'), 'utf8'),
  );
  for (const [number, { name, rows, features, answers }] of cases.entries())
    await t.test(name, (t) => {
      const [matrix, target, fresh] = ['X', 'y', 'fresh'].map((part) => floats(join(folder, `${number}.${part}`)));
      const data = { matrix: matrix!, rows, features, target: target! };
      const worst = { coef: 0, prediction: 0, held: 0 };
      for (const { params, noise, ...answer } of answers) {
        const what = JSON.stringify(params);
        const mine = fit(data, params);
        // scikit-learn's svd leaves out singular values up to 1e-15, however small the others are
        if (params.kind === 'ridge' && params.solver === 'svd' && greatest([...data.matrix]) < 1e-12) continue;
        const fitted = predictions(mine, data.matrix, answer.fitted.length);
        const bound = Math.max(1e-9, 30 * noise);
        // where scikit-learn's coefficients are rounding and nothing else there is nothing to compare but the fit
        const [coefOff, freshOff] = [
          furthest(mine.coef_, answer.coef) / (greatest(answer.coef) || 1),
          furthest(predictions(mine, fresh!, answer.fresh.length).values, answer.fresh),
        ];
        const fittedOff = furthest(fitted.values, answer.fitted) / (fitted.size || 1);
        if (bound < 1e-3) {
          worst.held++;
          worst.coef = Math.max(worst.coef, coefOff);
          assert.ok(coefOff <= bound, `${what}: coefficients off by ${coefOff}, at most ${bound}`);
          const part = freshOff / (fitted.size || 1);
          assert.ok(part <= bound, `${what}: predictions for new rows off by ${part}, at most ${bound}`);
        }
        if (params.kind === 'linear' || params.solver === 'svd' || bound < 1e-3) {
          worst.prediction = Math.max(worst.prediction, fittedOff);
          assert.ok(fittedOff <= 1e-9, `${what}: predictions off by ${fittedOff}`);
        }
      }
      t.diagnostic(
        `${worst.held} of ${answers.length} coefficients held, off by ${worst.coef.toExponential(1)}; predictions off by ${worst.prediction.toExponential(1)}`,
      );
    });
});

test('data that cannot be learned from is refused with a clear error', () => {
  const linear = { kind: 'linear', fit_intercept: true, tol: 1e-6 } as const;
  const none = { matrix: new Float64Array(0), rows: 3, features: 0, target: new Float64Array(3) };
  assert.throws(() => fit(none, linear), /linear_regression needs at least one feature/);
  const huge = { matrix: Float64Array.of(1, 2), rows: 2, features: 1, target: Float64Array.of(1.7e308, 1.7e308) };
  assert.throws(() => fit(huge, linear), /linear_regression overflowed/);
  assert.throws(() => fit(huge, { kind: 'ridge', alpha: 1, fit_intercept: true, solver: 'auto' }), /ridge overflowed/);
  const gap = { matrix: Float64Array.of(1, Number.NaN), rows: 2, features: 1, target: Float64Array.of(1, 2) };
  assert.throws(() => fit(gap, linear), /linear_regression: column "x0" has a missing value in row 1/);
});

test('many columns of which some are nearly sums of others are fitted within seconds', () => {
  // 300 columns, 4 of them sums of others but for parts that tol does not count, which the triangle alone cannot judge
  const [rows, features] = [900, 300];
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  const matrix = Float64Array.from({ length: rows * features }, next);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < 4; j++)
      matrix[i * features + 296 + j] = matrix[i * features + j]! - matrix[i * features + j + 9]! + 3e-7 * next();
  const target = Float64Array.from({ length: rows }, next);
  const started = performance.now();
  const { coef_ } = fit({ matrix, rows, features, target }, { kind: 'linear', fit_intercept: true, tol: 1e-6 });
  assert.ok(greatest([...coef_]) < 10, 'no coefficient of a direction that does not count');
  assert.ok(performance.now() - started < 60_000);
});
