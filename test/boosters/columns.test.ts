import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { OpenBooster } from '../../src/boosters/types.js';
import type { Column, Table } from '../../src/data/table.js';
import { MlctlError } from '../../src/errors/error.js';
import { FIXTURES } from '../support/paths.js';
import { expectedOf, openCase, tableOf } from './recorded.js';

const opened = (name: string): { model: OpenBooster; table: Table } => {
  const folder = join(FIXTURES, 'boosters', 'cases', name);
  const expected = expectedOf({ name, folder });
  return { model: openCase(folder, expected), table: tableOf(expected) };
};

function refuses({ model }: { model: OpenBooster }, table: Table, why: RegExp): void {
  assert.throws(
    () => model.predict(table),
    (error) => error instanceof MlctlError && error.code === 'MODEL_FAILED' && why.test(error.message),
  );
}

const with_ = (table: Table, change: (columns: readonly Column[]) => readonly Column[]): Table => ({
  rows: table.rows,
  columns: change(table.columns),
});
const reversed = (table: Table): Table => with_(table, (columns) => [...columns].reverse());
const renamed = (table: Table): Table => with_(table, ([first, ...rest]) => [{ ...first!, name: 'other' }, ...rest]);
const oneMore = (table: Table): Table => with_(table, (columns) => [...columns, { ...columns[0]!, name: 'more' }]);
const oneLess = (table: Table): Table => with_(table, (columns) => columns.slice(0, -1));
const firstOf = (table: Table, value: number): Table =>
  with_(table, ([first, ...rest]) => [
    { name: first!.name, type: 'double', values: new Float64Array(table.rows).fill(value) },
    ...rest,
  ]);
const text = (table: Table): Table =>
  with_(table, ([first, ...rest]) => [
    { name: first!.name, type: 'string', values: Array(table.rows).fill('x') as string[] },
    ...rest,
  ]);
/** The same rows as a tensor, whose columns have no names. */
const tensor = ({ rows, columns }: Table): Table => ({
  rows,
  columns: [
    {
      name: 'any',
      type: 'object',
      values: Array.from({ length: rows }, (_, row) => columns.map(({ values }) => Number(values[row]))),
    },
  ],
});

describe('what columns a model takes, as its library in Python does', () => {
  test('XGBoost: the names of the training in their order, or none', () => {
    const booster = opened('xgb-large-numbers');
    const { model, table } = booster;
    refuses(booster, reversed(table), /column 0 is "f3", expected "f0"/);
    refuses(booster, renamed(table), /column 0 is "other", expected "f0"/);
    refuses(booster, oneMore(table), /they have 5 features, expected 4/);
    refuses(booster, oneLess(table), /they have 3 features, expected 4/);
    refuses(booster, text(table), /the column "f0" is string, and the model takes numbers there/);
    assert.deepEqual(model.predict(tensor(table)), model.predict(table));
  });

  test('XGBoost: a Booster refuses infinite values, the scikit-learn wrappers take them', () => {
    const booster = opened('xgb-large-numbers');
    for (const value of [Infinity, -Infinity, 1e39])
      refuses(booster, firstOf(booster.table, value), /too large for float32/);
    const { model, table } = opened('xgb-hinge');
    assert.equal(model.predict(firstOf(table, Infinity)).values.length, table.rows);
  });

  test('XGBoost: a category that the training did not have is refused', () => {
    const wrapper = opened('xgb-categories-of-a-frame');
    const at = wrapper.table.columns.findIndex(({ name }) => name === 'town');
    const unknown = with_(wrapper.table, (columns) =>
      columns.map((column, i) =>
        i === at
          ? { name: 'town', type: 'string', values: Array(wrapper.table.rows).fill('nowhere') as string[] }
          : column,
      ),
    );
    refuses(wrapper, unknown, /the category "nowhere" of feature 2 was not in the training data/);
  });

  test('LightGBM: so many columns by position, whatever their names', () => {
    const booster = opened('lgb-missing-is-not-used');
    const { model, table } = booster;
    assert.deepEqual(model.predict(renamed(table)), model.predict(table));
    refuses(booster, oneMore(table), /they have 5 features, expected 4/);
    refuses(booster, text(table), /they have 1 columns of categories, expected 0/);
    assert.deepEqual(model.predict(tensor(table)), model.predict(table));
  });

  test('LightGBM: a data frame has the categories of the training, or is refused', () => {
    const booster = opened('lgb-categories-of-a-frame');
    const numbers = with_(booster.table, (columns) =>
      columns.map(({ name }) => ({ name, type: 'double', values: new Float64Array(booster.table.rows) })),
    );
    refuses(booster, numbers, /they have 0 columns of categories, expected 2/);
  });

  test('CatBoost: columns by their names in any order, or by position', () => {
    const regressor = opened('cat-scale-and-bias');
    const { model, table } = regressor;
    assert.deepEqual(model.predict(reversed(table)), model.predict(table));
    assert.deepEqual(model.predict(oneMore(table)), model.predict(table));
    assert.deepEqual(model.predict(tensor(table)), model.predict(table));
    refuses(regressor, renamed(table), /column 0 is "other", expected "f0"/);
    refuses(regressor, text(table), /is string, and the model takes numbers there/);
  });

  test('CatBoost: a category is a text or an integer', () => {
    const regressor = opened('cat-statistics-borders');
    const missing = with_(regressor.table, (columns) =>
      columns.map((column) =>
        column.name === 'town'
          ? ({ ...column, nulls: new Uint8Array(regressor.table.rows).fill(1) } as Column)
          : column,
      ),
    );
    refuses(
      regressor,
      missing,
      /row 0 has a missing value in the column "town", and a category is a text or an integer/,
    );
  });
});
