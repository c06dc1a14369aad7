// Missing values where a step takes none: every column at once, its count, its first line, and what fills it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { trainModel } from '../../src/operations/train.js';
import { testWorld } from '../support/worlds.js';

const ROWS = Array.from({ length: 60 }, (_, i) =>
  [
    i % 20 === 3 ? '' : (i * 37) % 41,
    (i * 13) % 29,
    i % 30 === 7 ? '' : (i * 7) % 31,
    i % 12 === 5 ? 'NA' : ['red', 'blue'][i % 2],
    (i * 37) % 41 > 20 ? 'yes' : 'no',
  ].join(','),
);

async function train(pipeline: string, rows = ROWS, drop = '[]') {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'd.csv'), `a,b,first size,colour,y\n${rows.join('\n')}\n`);
  return trainModel(world, {
    data: 'd.csv',
    target: 'y',
    dryRun: true,
    set: [`pipeline=${pipeline}`, `data.drop=${drop}`],
  });
}

async function refusal(...given: Parameters<typeof train>): Promise<MlctlError> {
  const error = await train(...given).catch((e: unknown) => e);
  assert.ok(error instanceof MlctlError, String(error));
  return error;
}

test('numbers: both columns are told, and following the hint trains', async () => {
  const error = await refusal('[logistic_regression]', ROWS, '[colour]');
  assert.equal(error.code, 'DATA_INVALID');
  assert.deepEqual(error.message.split('\n'), [
    'logistic_regression: the columns "a", "first size" have missing values, but the step does not take them:',
    '  "a": 3 of 60 values, first in row 3 (line 5)',
    '  "first size": 2 of 60 values, first in row 7 (line 9)',
  ]);
  assert.equal(error.hint, 'put - simple_imputer: { columns: [a, "first size"] } before logistic_regression');
  await train('[{simple_imputer: { columns: [a, "first size"] }}, logistic_regression]', ROWS, '[colour]');
});

test('text and numbers at an encoder: each gets the strategy that it can have', async () => {
  const error = await refusal('[{one_hot_encoder: { columns: [b, colour, a] }}, decision_tree_classifier]');
  assert.deepEqual(error.message.split('\n'), [
    'one_hot_encoder: the columns "colour", "a" have missing values, but the step does not take them:',
    '  "colour": 5 of 60 values, first in row 5 (line 7)',
    '  "a": 3 of 60 values, first in row 3 (line 5)',
  ]);
  assert.equal(
    error.hint,
    'put - simple_imputer: { columns: [a] } and - simple_imputer: { columns: [colour], strategy: most_frequent } before one_hot_encoder',
  );
  await train(
    '[{simple_imputer: { columns: [a] }}, {simple_imputer: { columns: [colour], strategy: most_frequent }}, {one_hot_encoder: { columns: [b, colour, a], handle_unknown: ignore }}, decision_tree_classifier]',
  );
});

test('a column that a step before has filled is not told of; an empty one is to be dropped', async () => {
  const filled = await refusal('[{simple_imputer: { columns: [a] }}, logistic_regression]', ROWS, '[colour]');
  assert.equal(
    filled.message,
    'logistic_regression: column "first size" has missing values, but the step does not take them:\n  "first size": 2 of 60 values, first in row 7 (line 9)',
  );
  const empty = ROWS.map((row) => row.replace(/^[^,]*/, ''));
  const dropped = await refusal('[logistic_regression]', empty, '[colour]');
  assert.equal(
    dropped.hint,
    'add data: { drop: [a] }; put - simple_imputer: { columns: ["first size"] } before logistic_regression',
  );
});

test('a value that is missing in the test rows alone is told in the same words', async () => {
  for (let gap = 0; gap < 60; gap++) {
    const rows = Array.from({ length: 60 }, (_, i) => `${i === gap ? '' : i},${i % 7},1,red,${i % 2 ? 'yes' : 'no'}`);
    const error = await refusal('[logistic_regression]', rows, '[colour, "first size"]');
    assert.equal(
      error.message,
      `logistic_regression: column "a" has missing values, but the step does not take them:\n  "a": 1 of 60 values, first in row ${gap} (line ${gap + 2})`,
    );
  }
});
