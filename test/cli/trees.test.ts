// Recipes that end in a tree, as a person runs them: trained, logged, proven, asked.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MT19937 } from '../../src/training/mt19937.js';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';

interface Trained {
  readonly run_id: string;
  readonly model_uri: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
}

/** Rows with gaps in both columns; the label and the quantity follow from where the gaps are. */
function gapsCsv(): string {
  const random = new MT19937(9);
  const rows = Array.from({ length: 200 }, () => {
    const [a, b] = [random.uint32() % 100, random.uint32() % 10];
    const [noA, noB] = [a % 5 === 0, b % 4 === 0];
    return `${noA ? '' : a / 8},${noB ? '' : b},${noA ? 'none' : b > 5 ? 'high' : 'low'},${noB ? 7 : a}`;
  });
  return ['a,b,label_,amount', ...rows].join('\n');
}

const recipe = (target: string, drop: string, step: string) =>
  `name: grown\ndata: { source: gaps.csv, target: ${target}, drop: [${drop}] }\npipeline:\n  - ${step}\n`;

function plotsOf(cwd: string, run: string): string {
  const experiment = readdirSync(join(cwd, 'mlruns')).find((name) => existsSync(join(cwd, 'mlruns', name, run)))!;
  return join(cwd, 'mlruns', experiment, run, 'artifacts', 'plots');
}

const cwd = scratch();
writeFileSync(join(cwd, 'gaps.csv'), gapsCsv());

const CASES = [
  {
    step: 'decision_tree_classifier: { max_features: sqrt, class_weight: balanced }',
    recipe: ['label_', 'amount'],
    answer: /^label,probability_high,probability_low,probability_none\n/,
    params: { max_features: 'sqrt', random_state: '0', class_weight: 'balanced' },
  },
  {
    step: 'decision_tree_regressor: { splitter: random, random_state: null, ccp_alpha: 0.5 }',
    recipe: ['amount', 'label_'],
    answer: /^prediction\n/,
    params: { splitter: 'random', random_state: '0', ccp_alpha: '0.5' },
  },
] as const;

for (const { step, recipe: columns, answer, params } of CASES)
  test(`a recipe that ends in ${step.split(':')[0]} trains on missing values, and its model is proven and answers them`, () => {
    writeFileSync(join(cwd, 'recipe.yaml'), recipe(columns[0], columns[1], step));
    const trained = cliJson<Trained>(['train', 'recipe.yaml'], { cwd });
    for (const [name, value] of Object.entries(params))
      assert.equal(trained.params[`${step.split(':')[0]}__${name}`], value, name);

    const plots = plotsOf(cwd, trained.run_id);
    assert.ok(!existsSync(join(plots, 'coefficients.svg')));
    assert.match(readFileSync(join(plots, 'feature_importances.svg'), 'utf8'), /Feature importances[\s\S]*1 in all/);

    const smoke = cliJson<{ checks: { name: string; status: string }[] }>(['smoke', trained.model_uri], { cwd });
    assert.deepEqual(
      smoke.checks.filter(({ status }) => status !== 'pass').map(({ name }) => name),
      ['latency'],
    );

    const ask = (rows: string) => {
      writeFileSync(join(cwd, 'ask.csv'), `a,b\n${rows}\n`);
      return runCli(['predict', trained.model_uri, '--input', 'ask.csv'], { cwd });
    };
    const refused = ask('3.5,2\n1e300,2');
    assert.notEqual(refused.code, 0, 'float32 cannot hold 1e300');
    assert.match(refused.stderr, /without a leaf: an input value is infinite/);
    const fine = ask(',\n3.5,\n,2');
    assert.equal(fine.code, 0, fine.stderr);
    assert.match(fine.stdout, answer);
    assert.equal(fine.stdout.trim().split('\n').length, 4);
  });
