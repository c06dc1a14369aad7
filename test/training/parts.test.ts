// Fits in parts: none is so long that Ctrl-C or a spinner would wait for it, and the result does not depend on who waits between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/data/table.js';
import { inParts } from '../../src/parts.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';
import { createWorld } from '../../src/world.js';
import { longestPart } from '../support/longest-part.js';

function numbers(rows: number, columns: number): Table {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const x = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, next));
  const sums = Float64Array.from({ length: rows }, (_, i) =>
    x.reduce((sum, values, j) => sum + values[i]! * (j - 3), 0),
  );
  const classes = BigInt64Array.from(sums, (sum) => BigInt(Math.max(0, Math.min(2, Math.round(sum + 2 + next())))));
  return {
    rows,
    columns: [
      ...x.map((values, j) => ({ name: `x${j}`, type: 'double', values }) as const),
      { name: 'class', type: 'long', values: classes },
      { name: 'sum', type: 'double', values: sums },
    ],
  };
}

const recipe = (target: 'class' | 'sum', step: string) =>
  parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'r' }, [
    `data={source: x, target: ${target}, drop: [${target === 'class' ? 'sum' : 'class'}]}`,
    'split={test_size: 0.1, random_state: 1}',
    `pipeline=[${step}]`,
  ]);

const CASES = [
  ['class', 'logistic_regression', 300_000, 6, /^fitting logistic_regression: iteration \d+, loss \d\.\d+$/],
  ['class', 'logistic_regression: {tol: 1e-9}', 60_000, 6, /step \d+ of Newton, gradient \d/],
  ['class', 'decision_tree_classifier', 150_000, 6, /^fitting decision_tree_classifier: [\d,]+ nodes$/],
  ['class', 'decision_tree_classifier: {max_leaf_nodes: 60}', 150_000, 6, /[\d,]+ nodes$/],
  ['sum', 'decision_tree_regressor: {max_depth: 6, splitter: random}', 300_000, 6, /nodes$/],
  ['sum', 'decision_tree_regressor: {criterion: absolute_error, max_depth: 2}', 60_000, 3, /nodes$/],
  ['sum', 'linear_regression', 60_000, 60, /^fitting linear_regression: \d+ % of the rows$/],
  ['sum', 'ridge', 1_100, 1_000, /^evaluating$/],
] as const;

for (const [target, step, rows, columns, words] of CASES)
  test(`${step} on ${rows} rows of ${columns} columns says where it is, at least every second`, () => {
    const tried = () => longestPart(trainRecipe(recipe(target, step), numbers(rows, columns)));
    let { longest, said } = tried();
    // Others on a busy machine make a part dearer, but not each time.
    for (let tries = 1; tries < 3 && longest >= 1000; tries++) ({ longest, said } = tried());
    assert.ok(longest < 1000, `${Math.round(longest)} ms without a word`);
    assert.ok(
      said.some((text) => words.test(text)),
      said.slice(0, 20).join(' | '),
    );
    assert.equal(said[0], 'splitting');
  });

test('whoever waits between the parts gets the same bits', async () => {
  const table = numbers(20_000, 5);
  for (const step of ['logistic_regression', 'standard_scaler, decision_tree_classifier']) {
    const shown: string[] = [];
    const world = createWorld({ progress: (text) => shown.push(text) });
    const apart = await inParts(world, trainRecipe(recipe('class', step), table), 0);
    assert.deepEqual(apart, finish(trainRecipe(recipe('class', step), table)));
    assert.ok(shown.length > 1, `${shown.length} turns`);
  }
});

test('a request to stop is heard between two parts', async () => {
  const shown: string[] = [];
  const controller = new AbortController();
  const progress = (text: string) => {
    shown.push(text);
    if (text.startsWith('fitting')) controller.abort(new Error('stopped'));
  };
  const world = createWorld({ signal: controller.signal, progress });
  const work = trainRecipe(recipe('class', 'logistic_regression'), numbers(300_000, 6));
  // With a turn after each step the stop comes in the fit, however fast this machine is.
  await assert.rejects(inParts(world, work, 0), /stopped/);
  assert.equal(shown.filter((text) => text.startsWith('fitting')).length, 1);
});
