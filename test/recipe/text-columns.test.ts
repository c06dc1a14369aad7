// Text where numbers are needed: every column at once, its first text, its count, and what helps.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { type TrainRequest, trainModel } from '../../src/operations/train.js';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const HEADER = 'customer,amount,country,price,y';
const ROWS = Array.from({ length: 60 }, (_, i) => {
  const amount = i % 20 === 1 ? 'unbekannt' : i % 20 === 2 ? '?' : String(((i * 37) % 41) / 4);
  return [`c-${i}`, amount, ['DE', 'FR'][i % 2], `"${(i * 13) % 29},5"`, (i * 37) % 41 > 20 ? 'yes' : 'no'].join(',');
});

async function refusal(request: TrainRequest, rows = ROWS): Promise<MlctlError> {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'd.csv'), `${HEADER}\n${rows.join('\n')}\n`);
  const error = await trainModel(world, { data: 'd.csv', target: 'y', dryRun: true, ...request }).catch(
    (e: unknown) => e,
  );
  assert.ok(error instanceof MlctlError, String(error));
  return error;
}

test('all columns are told at once, and following the hint trains', async () => {
  const pipeline = 'pipeline=[standard_scaler, logistic_regression]';
  const error = await refusal({ set: [pipeline] });
  assert.equal(error.code, 'DATA_INVALID');
  assert.deepEqual(error.message.split('\n'), [
    'standard_scaler: the columns "customer", "amount", "country", "price" are text, but the step takes numbers:',
    '  "customer": 60 different texts, first "c-0" in row 0 (line 2)',
    '  "amount": first text value "unbekannt" in row 1 (line 3), 6 such among 54 numbers',
    '  "country": 2 different texts, first "DE" in row 0 (line 2)',
    '  "price": decimal commas, first "0,5" in row 0 (line 2)',
  ]);
  assert.equal(
    error.hint,
    'add data: { decimal: ",", missing_values: [unbekannt, "?"], drop: [customer] }; put - one_hot_encoder: { columns: [country] } before standard_scaler',
  );
  const world = testWorld();
  writeFileSync(join(world.cwd, 'd.csv'), `${HEADER}\n${ROWS.join('\n').replaceAll(/\b(\d+)\.(\d+)\b/g, '"$1,$2"')}\n`);
  const recipe = [
    'data: { source: d.csv, target: y, decimal: ",", missing_values: [unbekannt, "?"], drop: [customer] }',
    'pipeline: [{one_hot_encoder: { columns: [country] }}, simple_imputer, standard_scaler, logistic_regression]',
  ];
  writeFileSync(join(world.cwd, 'r.yaml'), recipe.join('\n'));
  const trained = await trainModel(world, { recipe: 'r.yaml', dryRun: true });
  assert.equal((trained.signature!.inputs as readonly unknown[]).length, 3);
});

test('dates are to be dropped; the program shows a line for each column', async () => {
  const rows = ROWS.map((row, i) => row.replace(/^[^,]*/, `2026-0${1 + (i % 3)}-11T10:00`));
  const error = await refusal({ set: ['data.drop=[amount, price]'] }, rows);
  assert.equal(
    error.hint,
    'add data: { drop: [customer] }; put - one_hot_encoder: { columns: [country] } before logistic_regression',
  );
  const cwd = scratch();
  writeFileSync(join(cwd, 'd.csv'), `${HEADER}\n${rows.join('\n')}\n`);
  const { stderr } = runCli(['train', '--data', 'd.csv', '--target', 'y', '--set', 'data.drop=[amount, price]'], {
    cwd,
  });
  assert.deepEqual(stderr.split('\n').slice(0, 3), [
    '✖ error: logistic_regression: the columns "customer", "country" are text, but the step takes numbers',
    '  ✖ "customer": 3 different texts, first "2026-01-11T10:00" in row 0 (line 2)',
    '  ✖ "country": 2 different texts, first "DE" in row 0 (line 2)',
  ]);
});

test('no hint names a key that the step does not have, and an encoder only helps columns of few texts', async () => {
  const error = await refusal({});
  assert.ok(error.message.startsWith('logistic_regression: the columns "customer"'));
  assert.doesNotMatch(error.hint ?? '', /limit the step/);
  const ids = await refusal({ set: ['data.drop=[amount, country, price]'] });
  assert.equal(ids.hint, 'add data: { drop: [customer] }');
});

test('a column to drop that is not there is refused like a target that is not there, with the near miss', async () => {
  const drop = await refusal({ set: ['data.drop=[custmer]'] });
  const target = await refusal({ target: 'yy' });
  assert.equal(drop.exitCode, target.exitCode);
  assert.match(drop.message, /data\.drop names "custmer", .*; did you mean "customer"\?/);
});
