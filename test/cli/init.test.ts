// `mlctl init`, `mlctl help recipe` and `train --print-recipe`, by the real program.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { STEP_NAMES } from '../../src/recipe/steps/table.js';
import { cliJson, runCli } from '../support/cli.js';
import { ROOT, scratch } from '../support/paths.js';

const folder = scratch();
const mlctl = (...args: string[]) => runCli(args, { cwd: folder });

before(() => {
  mkdirSync(join(folder, 'data'), { recursive: true });
  copyFileSync(join(ROOT, 'docs', 'customers.csv'), join(folder, 'data', 'customers.csv'));
});

test('init writes a recipe beside which the data is found, and it trains at once', () => {
  const made = mlctl('init', '--data', 'data/customers.csv', '--target', 'churned', '-o', 'recipes/churn.yaml');
  assert.equal(made.code, 0, made.stderr);
  assert.equal(made.stdout, 'wrote recipes/churn.yaml\nnext: mlctl train recipes/churn.yaml\n');
  assert.match(made.stderr, /the recipe drops 1 column/);
  assert.match(
    readFileSync(join(folder, 'recipes', 'churn.yaml'), 'utf8'),
    /^ {2}source: "\.\.\/data\/customers\.csv"$/m,
  );
  assert.deepEqual(readdirSync(join(folder, 'recipes')), ['churn.yaml']);
  const trained = mlctl('train', 'recipes/churn.yaml', '--dry-run');
  assert.equal(trained.code, 0, trained.stderr);
  const document = cliJson(['init', '--data', 'data/customers.csv', '--target', 'churned'], { cwd: folder });
  assert.deepEqual(document.dropped, [{ column: 'customer', reason: 'a different text in every row' }]);
  assert.equal(document.path, null);
});

test('init never overwrites, and creates nothing where it fails', () => {
  writeFileSync(join(folder, 'mine.yaml'), 'mine');
  const refused = mlctl('init', '-o', 'mine.yaml');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /exists already; nothing is overwritten/);
  assert.equal(readFileSync(join(folder, 'mine.yaml'), 'utf8'), 'mine');
  for (const [args, code, message] of [
    [['--data', 'data/customers.csv'], 2, /which column of customers\.csv is to be predicted[\s\S]*"churned"/],
    [['--data', 'data/customers.csv', '--target', 'churnd'], 5, /did you mean "churned"/],
    [['--data', 'nowhere.csv', '--target', 'y'], 3, /nowhere\.csv/],
    [['--target', 'y'], 2, /a target was given without data/],
  ] as const) {
    const failed = mlctl('init', ...args, '-o', 'new.yaml');
    assert.equal(failed.code, code, failed.stderr);
    assert.match(failed.stderr, message);
  }
  assert.ok(!existsSync(join(folder, 'new.yaml')));
});

test('init and train --print-recipe print the default recipe; --print-recipe fills in the defaults', () => {
  assert.equal(mlctl('init').stdout, DEFAULT_RECIPE_TEXT);
  const printed = mlctl('train', '--print-recipe', '--set', 'logistic_regression.C=0.25');
  assert.equal(printed.code, 0, printed.stderr);
  assert.match(printed.stdout, /^ {6}C: 0\.25$/m);
  writeFileSync(join(folder, 'printed.yaml'), printed.stdout);
  assert.equal(mlctl('train', 'printed.yaml', '--print-recipe').stdout, printed.stdout);
  assert.ok(!existsSync(join(folder, 'mlflow.db')));
});

test('help recipe names every key and step, within 80 columns', () => {
  const { stdout, code } = mlctl('help', 'recipe');
  assert.equal(code, 0);
  for (const name of [...STEP_NAMES, 'data.source', 'split.stratify', 'handle_unknown'])
    assert.ok(stdout.includes(name), name);
  for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
});

test('what a hint says about recipes is true', () => {
  writeFileSync(join(folder, 'list.yaml'), '- a\n');
  const { stderr, code } = mlctl('train', 'list.yaml');
  assert.equal(code, 2);
  assert.match(stderr, /hint: write one with mlctl init, or see mlctl help recipe/);
});
