// `mlctl init` writes recipes that train at once, over tables of many shapes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import type { Column, Table } from '../../src/data/table.js';
import { MlctlError } from '../../src/errors/error.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { proposalText } from '../../src/recipe/propose/proposal-text.js';
import { type Proposal, proposeRecipe } from '../../src/recipe/propose/propose-recipe.js';
import type { Recipe } from '../../src/recipe/recipe-types.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';

const text = (proposal: Proposal, target: string) => proposalText(proposal, { name: 'm', source: 'd.csv', target });

function proposed(table: Table, target: string): { recipe: Recipe; yaml: string; proposal: Proposal } {
  const proposal = proposeRecipe(table, target);
  const yaml = text(proposal, target);
  return { recipe: parseRecipe(yaml, { file: 'proposed' }), yaml, proposal };
}

const ofCsv = (csv: string) => readCsvTable(new TextEncoder().encode(csv), { name: 'd.csv' });
const csvOf = (names: string[], row: (i: number) => unknown[], rows = 40) =>
  ofCsv(`${names.join(',')}\n${Array.from({ length: rows }, (_, i) => row(i).join(',')).join('\n')}\n`);

const reasons = ({ verdicts }: Proposal) =>
  Object.fromEntries(verdicts.map((one) => [one.facts.name, one.use === 'drop' ? one.reason : one.use]));

test('each kind of column gets its treatment, with the reason', async () => {
  const table = await csvOf(
    'customer_id,n,age,plan,free,born,seen,member,maybe,empty,same,inf,note,label,churned'.split(','),
    (i) => [
      `c${i}`,
      i,
      i % 7 === 0 ? '' : 20 + (i % 13),
      ['basic', 'plus', ''][i % 3],
      `text ${i % 30}`,
      `19${60 + (i % 30)}-0${1 + (i % 9)}-12`,
      `${1 + (i % 28)}.${1 + (i % 12)}.2024 10:00`,
      i % 2 === 0,
      i % 3 === 0 ? '' : i % 2 === 0,
      '',
      'x',
      i === 3 ? 'inf' : i * 0.37,
      (i * 17) % 40,
      i % 5,
      i % 4 === 0 ? 'yes' : 'no',
    ],
  );
  const { yaml, proposal, recipe } = proposed(table, 'churned');
  assert.deepEqual(reasons(proposal), {
    customer_id: 'an id by its name, 40 different values',
    n: 'it counts the rows',
    age: 'number',
    plan: 'text',
    free: '30 different texts are too many for one_hot_encoder',
    born: 'dates, which no step takes',
    seen: 'dates, which no step takes',
    member: 'flag',
    maybe: 'true and false with 14 missing, which no step takes',
    empty: 'it has no values',
    same: 'every value is the same',
    inf: 'it holds infinity, which no step takes',
    note: 'number',
    label: 'it is named like an output of the model',
  });
  assert.match(yaml, /^ {4}- born {2}# dates, which no step takes$/m);
  assert.match(yaml, /^ {2}target: churned {2}# 2 classes: no \(30 rows\), yes \(10 rows\)$/m);
  assert.deepEqual(
    recipe.pipeline.map(({ name, columns }) => [name, columns]),
    [
      ['simple_imputer', ['age']],
      ['simple_imputer', ['plan']],
      ['one_hot_encoder', ['plan']],
      ['standard_scaler', ['age', 'note']],
      ['logistic_regression', null],
    ],
  );
  finish(trainRecipe(recipe, table));
});

test('the target decides between classes and a quantity, and how to split', async () => {
  const of = async (target: (i: number) => unknown, rows = 60) =>
    proposed(await csvOf(['x', 'y'], (i) => [(i * 7.3) % 11, target(i)], rows), 'y');
  const last = ({ recipe }: { recipe: Recipe }) => recipe.pipeline.at(-1)!.name;
  assert.equal(last(await of((i) => i * 0.5)), 'ridge');
  assert.equal(last(await of((i) => i * 3)), 'ridge');
  assert.equal(last(await of((i) => i % 4)), 'logistic_regression');
  const booleans = await of((i) => i % 3 === 0);
  assert.match(booleans.yaml, /2 classes: False \(40 rows\), True \(20 rows\)/);
  const lonely = await of((i) => (i === 5 ? 'rare' : i % 2 ? 'a' : 'b'));
  assert.equal(lonely.recipe.split.stratify, false);
  assert.match(lonely.yaml, /stratify: false {2}# the least populated classes have only one row: "rare"/);
  const many = await of((i) => `k${i % 120}`, 480);
  assert.equal(many.recipe.data.max_classes, 120);
  for (const shape of [booleans, lonely, many]) assert.equal(shape.recipe.pipeline.length, 2);
});

test('what no recipe can train on is refused in words', async () => {
  const refused = (csv: string, message: RegExp) =>
    assert.rejects(
      async () => proposeRecipe(await ofCsv(csv), 'y'),
      (error: unknown) => error instanceof MlctlError && error.code === 'DATA_INVALID' && message.test(error.message),
    );
  await refused('x,y\n1,a\n2,a\n3,a\n', /only the class "a" of the target "y"/);
  await refused('x,y\n1,a\n2,\n3,b\n', /the target "y" is missing/);
  await refused('x,yy\n1,a\n2,b\n', /no target column "y"/);
  await refused('x,y\n1,a\n1,b\n1,a\n1,b\n1,a\n1,b\n', /no column is left to predict "y" from/);
});

const NAMES = fc.constantFrom(
  'age',
  'plan_a',
  'plan',
  'Größe',
  'a: b',
  'on',
  '"q"',
  'x#y',
  '日本',
  ' lead',
  'id',
  '1',
  '-',
  'c, d',
);
const SHAPES: Record<string, fc.Arbitrary<(i: number, missing: boolean) => unknown>> = {
  decimals: fc.integer({ min: 1, max: 9 }).map((k) => (i, missing) => (missing ? '' : Math.sin(i * k) * 100)),
  integers: fc.integer({ min: 1, max: 50 }).map((k) => (i, missing) => (missing ? '' : (i * 31) % k)),
  counter: fc.constant((i) => i),
  large: fc.constant((i, missing) => (missing ? '' : 1e15 + i * 13)),
  ids: fc.constant((i) => `u-${(i * 7919) % 1009}`),
  categories: fc.integer({ min: 1, max: 60 }).map((k) => (i, missing) => (missing ? '' : `k${(i * 7) % k}`)),
  odd: fc
    .constantFrom('a', 'missing', 'ß', "it's", '"', '#', ':', 'null ')
    .map((word) => (i, missing) => (missing ? '' : i % 3 ? word : 'z')),
  dates: fc.constant((i, missing) => (missing ? '' : `2024-${1 + (i % 12)}-${1 + (i % 28)}T10:00:00Z`)),
  booleans: fc.constant((i, missing) => (missing ? '' : i % 3 === 0)),
  nothing: fc.constant(() => ''),
  constant: fc.constantFrom(1, 'x', true).map((value) => (_, missing) => (missing ? '' : value)),
  mixed: fc.constant((i) => (i % 4 === 0 ? 'n.a.' : i)),
  infinite: fc.constant((i) => (i === 2 ? '-inf' : i * 1.5)),
};
const COLUMN = fc.record({
  name: NAMES,
  cell: fc.oneof(...Object.values(SHAPES)),
  gaps: fc.constantFrom(0, 0, 3, 7, 40),
});
const TARGETS: fc.Arbitrary<(i: number) => unknown> = fc.oneof(
  fc.integer({ min: 2, max: 30 }).map((k) => (i: number) => `class ${(i * 5) % k}`),
  fc.integer({ min: 2, max: 80 }).map((k) => (i: number) => (i * 5) % k),
  fc.constant((i: number) => i % 4 === 1),
  fc.constant((i: number) => Math.cos(i) * 1000),
  fc.constant((i: number) => (i === 7 ? 'rare' : i % 2 ? 'a' : 'b')),
);

test('a proposed recipe trains at once, whatever the columns', async (t) => {
  let trained = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(COLUMN, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
      TARGETS,
      fc.integer({ min: 8, max: 90 }),
      async (columns, target, rows) => {
        const quoted = (value: unknown) =>
          typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value);
        const table = await ofCsv(
          `${[...columns.map(({ name }) => quoted(name)), 'y'].join(',')}\n${Array.from({ length: rows }, (_, i) =>
            [
              ...columns.map(({ cell, gaps }, c) => quoted(cell(i, gaps > 0 && (i + c) % gaps === 0))),
              quoted(target(i)),
            ].join(','),
          ).join('\n')}\n`,
        );
        let proposal: Proposal;
        try {
          proposal = proposeRecipe(table, 'y');
        } catch (error) {
          if (!(error instanceof MlctlError) || !/no column is left|only the class/.test(error.message)) throw error;
          refused++;
          return;
        }
        const recipe = parseRecipe(text(proposal, 'y'), { file: 'proposed' });
        const { warnings } = finish(trainRecipe(recipe, table));
        assert.ok(!warnings.some((warning) => /converge/.test(warning)), warnings.join('; '));
        trained++;
      },
    ),
    { numRuns: 150, seed: 20261130 },
  );
  t.diagnostic(`${trained} trained, ${refused} refused`);
  assert.ok(trained > refused);
});

test('types that only Parquet has: times, bytes, nested values, narrow numbers', () => {
  const rows = 30;
  const at = Array.from({ length: rows }, (_, i) => i);
  const columns: Column[] = [
    { name: 'when', type: 'datetime', values: BigInt64Array.from(at, BigInt) },
    { name: 'bytes', type: 'binary', values: at.map(() => new Uint8Array(2)) },
    { name: 'nested', type: 'object', values: at.map((i) => ({ i })) },
    { name: 'small', type: 'integer', values: Int32Array.from(at, (i) => (i * 7) % 5) },
    { name: 'half', type: 'float', values: Float32Array.from(at, (i) => (i % 6 === 0 ? Number.NaN : i / 3)) },
    {
      name: 'gap',
      type: 'string',
      values: at.map((i) => ['', 'b', 'c'][i % 3]!),
      nulls: Uint8Array.from(at, (i) => +(i % 9 === 1)),
    },
    { name: 'y', type: 'string', values: at.map((i) => (i % 2 ? 'a' : 'b')) },
  ];
  const table = { rows, columns };
  const { recipe, proposal } = proposed(table, 'y');
  assert.deepEqual(reasons(proposal), {
    when: 'dates, which no step takes',
    bytes: 'binary values, which no step takes',
    nested: 'object values, which no step takes',
    small: 'number',
    half: 'number',
    gap: 'it has missing values and also a text that stands for them',
  });
  finish(trainRecipe(recipe, table));
});
