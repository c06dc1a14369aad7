// Fitted pipelines to convert, rows to try them on, and what scikit-learn's formulas give, in plain arithmetic.
import type { Table } from '../../src/data/table.js';
import type { FeatureColumn } from '../../src/estimators/feature-column.js';
import type { Pipeline } from '../../src/estimators/pipeline/pipeline.js';
import { column, lastStep, on, over, pipeline } from '../support/estimators.js';

export interface PipelineCase {
  readonly name: string;
  readonly inputs: readonly FeatureColumn[];
  readonly estimator: Pipeline;
  readonly table: Table;
  /** Row-major features as they reach the last step. */
  readonly features: readonly (readonly number[])[];
}

const double = (name: string, values: readonly number[]) =>
  ({ name, type: 'double', values: Float64Array.from(values) }) as const;
const long = (name: string, values: readonly bigint[]) =>
  ({ name, type: 'long', values: BigInt64Array.from(values) }) as const;
const text = (name: string, values: readonly string[]) => ({ name, type: 'string', values }) as const;

const IRIS = ['sepal length', 'petal', 'width'];
const HOSTILE = ['scores', '__proto__', 'concat', 'naïve \u{1F600}/\n"'];
const CITY = ['city', 'age', 'floor'];

const sepal = [5.1, 7.0, 6.3, -0.0, 1e-300];
const petal = [1.4, 4.7, 6.0, 2.5, -123.456];
const width = [0.2, 1.4, 2.5, 0.1, 7];

export const CASES: readonly PipelineCase[] = [
  {
    name: 'three classes, long labels beyond 2^53, scaler over all columns',
    inputs: IRIS.map((name) => column(name)),
    estimator: pipeline(
      IRIS,
      {
        kind: 'StandardScaler',
        ...on(IRIS),
        with_mean: true,
        with_std: true,
        mean_: Float64Array.of(5.8, 3.7, 1.2),
        scale_: Float64Array.of(0.8, 1.7, 0.7),
      },
      {
        kind: 'LogisticRegression',
        ...on(IRIS),
        classes_: { type: 'long', values: [-1n, 0n, 9007199254740993n] },
        coef_: Float64Array.of(-1.1, -1.7, -1.6, 0.5, -0.3, -0.7, 0.6, 2.0, 2.4),
        intercept_: Float64Array.of(-0.3, 1.9, -1.6),
        n_iter_: 1,
      },
    ),
    table: { rows: 5, columns: [double('sepal length', sepal), double('petal', petal), double('width', width)] },
    features: sepal.map((s, i) => [(s - 5.8) / 0.8, (petal[i]! - 3.7) / 1.7, (width[i]! - 1.2) / 0.7]),
  },
  {
    name: 'two classes of text, a step over some columns, long and boolean inputs, hostile names',
    inputs: [column(HOSTILE[0]!), column('__proto__', 'long'), column('concat', 'boolean'), column(HOSTILE[3]!)],
    estimator: pipeline(
      HOSTILE,
      over(HOSTILE, [3, 1], {
        kind: 'MinMaxScaler',
        ...on([HOSTILE[3]!, '__proto__']),
        scale_: Float64Array.of(0.5, 0.1),
        min_: Float64Array.of(-0.5, 0.25),
        feature_range: [0, 1],
        clip: true,
      }),
      {
        kind: 'LogisticRegression',
        ...on([HOSTILE[3]!, '__proto__', 'scores', 'concat']),
        classes_: { type: 'string', values: ['no', 'yës'] },
        coef_: Float64Array.of(1.5, -2, 0.25, 3),
        intercept_: Float64Array.of(0.125),
        n_iter_: 1,
      },
    ),
    table: {
      rows: 4,
      columns: [
        double('scores', [-3000, 0, 2, 400]),
        long('__proto__', [1n, -7n, 100n, 3n]),
        { name: 'concat', type: 'boolean', values: Uint8Array.of(1, 0, 0, 1) },
        double('naïve \u{1F600}/\n"', [0, 1, 2, 3]),
      ],
    },
    features: [0, 1, 2, 3].map((x, i) => [
      Math.min(Math.max(x * 0.5 - 0.5, 0), 1),
      Math.min(Math.max([1, -7, 100, 3][i]! * 0.1 + 0.25, 0), 1),
      [-3000, 0, 2, 400][i]!,
      [1, 0, 0, 1][i]!,
    ]),
  },
  {
    name: 'text and numbers, imputed and one-hot encoded, unknown ignored, one dropped',
    inputs: [column('city', 'string'), column('age'), column('floor', 'long')],
    estimator: pipeline(
      CITY,
      over(CITY, [1, 0], {
        kind: 'SimpleImputer',
        ...on(['age', 'city']),
        strategy: 'most_frequent',
        statistics_: [37.5, 'Köln'],
      }),
      over(['age', 'city', 'floor'], [1, 2], {
        kind: 'OneHotEncoder',
        ...on(['city', 'floor']),
        categories_: [
          ['Bonn', 'Köln', 'Ulm'],
          [0, 1, 5],
        ],
        handle_unknown: 'ignore',
        drop_idx_: [0, null],
      }),
      {
        kind: 'LogisticRegression',
        ...on(['city_Köln', 'city_Ulm', 'floor_0', 'floor_1', 'floor_5', 'age']),
        classes_: { type: 'string', values: ['a', 'b', 'c'] },
        coef_: Float64Array.of(1, -1, 0.5, 0.25, 2, 0.01, -1, 1, 0.5, -3, 0.1, 0, 0, 0, -1, 2.75, -2.1, -0.01),
        intercept_: Float64Array.of(0.1, -0.2, 0.3),
        n_iter_: 1,
      },
    ),
    table: {
      rows: 4,
      columns: [
        { ...text('city', ['Bonn', '', 'Ulm', 'Paris']), nulls: Uint8Array.of(0, 1, 0, 0) },
        double('age', [20, Number.NaN, 99, 1]),
        long('floor', [0n, 5n, 1n, 2n]),
      ],
    },
    features: [
      [0, 0, 1, 0, 0, 20],
      [1, 0, 0, 0, 1, 37.5],
      [0, 1, 0, 1, 0, 99],
      [0, 0, 0, 0, 0, 1],
    ],
  },
  {
    name: 'a single double column with a missing category',
    inputs: [column('x')],
    estimator: pipeline(
      ['x'],
      {
        kind: 'OneHotEncoder',
        ...on(['x']),
        categories_: [[-1.5, 2, Number.NaN]],
        handle_unknown: 'error',
        drop_idx_: null,
      },
      {
        kind: 'LogisticRegression',
        ...on(['x_-1.5', 'x_2', 'x_NaN']),
        classes_: { type: 'long', values: [0n, 1n] },
        coef_: Float64Array.of(2, -3, 0.7),
        intercept_: Float64Array.of(0),
        n_iter_: 1,
      },
    ),
    table: { rows: 3, columns: [double('x', [2, Number.NaN, -1.5])] },
    features: [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ],
  },
  {
    name: 'a single text column and ties, which the first class wins',
    inputs: [column('word', 'string')],
    estimator: pipeline(
      ['word'],
      {
        kind: 'OneHotEncoder',
        ...on(['word']),
        categories_: [['', 'a', 'b']],
        handle_unknown: 'error',
        drop_idx_: null,
      },
      {
        kind: 'LogisticRegression',
        ...on(['word_', 'word_a', 'word_b']),
        classes_: { type: 'long', values: [10n, 20n, 30n] },
        coef_: Float64Array.of(0, 1, 1, 0, 1, 2, 0, 0, 2),
        intercept_: Float64Array.of(0, 0, 0),
        n_iter_: 1,
      },
    ),
    table: { rows: 3, columns: [text('word', ['', 'a', 'b'])] },
    features: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
];

/** Labels and, row by row, one probability a class, by the formulas of scikit-learn. */
export function expected({ estimator, features }: PipelineCase): {
  labels: (bigint | string)[];
  probabilities: number[][];
} {
  const { coef_: coef, intercept_: intercept, classes_: classes } = lastStep(estimator);
  const labels: (bigint | string)[] = [];
  const known = classes.values as readonly (bigint | string)[];
  const probabilities = features.map((row) => {
    const scores = [...intercept].map((bias, c) =>
      row.reduce((sum, x, f) => sum + x * coef[c * row.length + f]!, bias),
    );
    if (scores.length === 1) {
      const p = 1 / (1 + Math.exp(-scores[0]!));
      labels.push(known[scores[0]! > 0 ? 1 : 0]!);
      return [1 - p, p];
    }
    const max = Math.max(...scores);
    const exps = scores.map((score) => Math.exp(score - max));
    const sum = exps.reduce((a, b) => a + b);
    labels.push(known[scores.indexOf(max)]!);
    return exps.map((e) => e / sum);
  });
  return { labels, probabilities };
}
