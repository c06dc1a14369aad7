// The test rows of a train, predicted some at a time: the same answer, and the same error, as all at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/data/table.js';
import { frameOf } from '../../src/estimators/frame.js';
import { MissingValuesError } from '../../src/estimators/missing-values-error.js';
import { predictFrame } from '../../src/estimators/trained/predict.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { predictInParts } from '../../src/recipe/predict-in-parts.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';

function rowsOf(rows: number): Table {
  const texts = Array.from({ length: rows }, (_, i) => ['red', 'green', 'blue'][(i * 7) % 3]!);
  const a = Float64Array.from({ length: rows }, (_, i) => Math.sin(i));
  const b = Float64Array.from({ length: rows }, (_, i) => Math.cos(3 * i));
  return {
    rows,
    columns: [
      { name: 'a', type: 'double', values: a },
      { name: 'b', type: 'double', values: b },
      { name: 'colour', type: 'string', values: texts },
      { name: 'sum', type: 'double', values: a.map((value, i) => value + 2 * b[i]!) },
      { name: 'class', type: 'string', values: texts.map((text, i) => (a[i]! > 0 ? text : 'none')) },
    ],
  };
}

function train(target: 'sum' | 'class', last: string) {
  const recipe = parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'r' }, [
    `data={source: x, target: ${target}, drop: [${target === 'sum' ? 'class' : 'sum'}]}`,
    'split={test_size: 0.2, random_state: 0}',
    `pipeline=[{one_hot_encoder: {columns: [colour]}}, ${last}]`,
  ]);
  return finish(trainRecipe(recipe, rowsOf(600))).estimator;
}

const frame = (table: Table, estimator: ReturnType<typeof train>) => frameOf(table, estimator);

for (const [target, last] of [
  ['class', 'logistic_regression'],
  ['class', 'decision_tree_classifier'],
  ['sum', 'ridge'],
  ['sum', 'decision_tree_regressor'],
] as const)
  test(`${last} answers the same in parts, at each number of rows`, () => {
    const estimator = train(target, last);
    for (const rows of [1, 8191, 8192, 8193, 20_000]) {
      const given = frame(rowsOf(rows), estimator);
      assert.deepEqual(finish(predictInParts(estimator, given)), predictFrame(estimator, given), `${rows} rows`);
    }
  });

test('it gives others a turn between the parts', () => {
  const estimator = train('sum', 'ridge');
  const turns = [...predictInParts(estimator, frame(rowsOf(20_000), estimator))];
  assert.equal(turns.length, 3);
});

test('an error tells of all rows, and has the number of the row among all', () => {
  const estimator = train('sum', 'ridge');
  const table = rowsOf(20_000);
  const [a, b] = table.columns.map(({ values }) => values as Float64Array);
  b![9000] = Number.NaN;
  a![19_000] = Number.NaN;
  assert.throws(
    () => finish(predictInParts(estimator, frame(table, estimator))),
    (error: unknown) => {
      assert.ok(error instanceof MissingValuesError);
      assert.equal(error.row, 9000);
      assert.deepEqual([...error.columns].sort(), ['a', 'b']);
      return true;
    },
  );
});
