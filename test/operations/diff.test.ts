// Two models side by side: of mlctl, of Python, of nobody known; the same model; a broken contract; lost evidence; other rows.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { DiffDocument } from '../../src/documents/diff.js';
import { MlctlError } from '../../src/errors/error.js';
import { diffModels } from '../../src/operations/diff.js';
import { promoteModel } from '../../src/operations/promote.js';
import { trainModel } from '../../src/operations/train.js';
import { cliJson, runCli } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const names = (changes: readonly { readonly name: string | null }[]) => changes.map(({ name }) => name);

describe('versions that mlctl trained', () => {
  const world = testWorld();
  const paths: string[] = [];
  before(async () => {
    for (const set of [[], ['pipeline.0.logistic_regression.C=0.5'], []])
      paths.push((await trainModel(world, { register: 'iris', set })).path ?? assert.fail());
  });
  const compare = (a: string, b: string, more: object = {}): Promise<DiffDocument> =>
    diffModels(world, { a, b, ...more });

  test('another C: params, metrics, weights, answers and files differ; the contract does not', async () => {
    const diff = await compare('models:/iris/1', 'models:/iris/2');
    assert.equal(diff.same, false);
    assert.deepEqual(diff.contract, { breaking: false, changes: [] });
    assert.deepEqual(diff.params, [{ name: 'logistic_regression__C', a: '1.0', b: '0.5' }]);
    assert.deepEqual(
      diff.metrics.map(({ name, change }) => `${name} ${change}`),
      ['val_log_loss worse', 'val_roc_auc worse'],
    );
    assert.deepEqual(names(diff.parts.changes), ['weights.coef.values', 'weights.intercept.values']);
    assert.deepEqual(
      diff.parts.changes.map(({ numbers }) => [numbers?.different, numbers?.count]),
      [
        [12, 12],
        [3, 3],
      ],
    );
    assert.equal(diff.predictions.source, 'the evaluation rows of models:/iris/2');
    assert.deepEqual(names(diff.predictions.outputs), ['probability_0', 'probability_1', 'probability_2']);
    for (const { different, largest, first } of diff.predictions.outputs) {
      assert.equal(different, 30);
      assert.ok(largest !== null && largest > 0 && largest < 0.2);
      assert.equal(first?.row, 0);
    }
    assert.deepEqual(
      diff.files.map(({ path, change, identity }) => [path, change, identity]),
      [
        ['MLmodel', 'changed', true],
        ['golden_predictions.json', 'changed', false],
        ['model.onnx', 'changed', false],
      ],
    );
    const real = diff.lineage.filter(({ identity }) => !identity);
    assert.ok(names(real).includes('recipe'));
  });

  test('the same recipe on the same data is the same model, whichever run made it', async () => {
    const diff = await compare('models:/iris/1', 'models:/iris/3');
    assert.equal(diff.same, true);
    assert.ok(diff.lineage.length > 0 && diff.lineage.every(({ identity }) => identity));
    assert.deepEqual(diff.predictions.outputs, []);
    assert.equal(diff.predictions.rows, 30);
  });

  test('rows of a file take the place of the evaluation rows; rows that break a signature are told', async () => {
    const rows = join(world.cwd, 'rows.csv');
    const head = 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)';
    writeFileSync(rows, `${head}\n5.1,3.5,1.4,0.2\n`);
    const asked = await compare('models:/iris/1', 'models:/iris/2', { rows: 'rows.csv' });
    assert.deepEqual([asked.predictions.rows, asked.predictions.source], [1, 'the rows of rows.csv']);
    writeFileSync(rows, `${head}\n5.1,3.5,1.4,much\n`);
    const refused = await compare('models:/iris/1', 'models:/iris/2', { rows: 'rows.csv' });
    assert.match(refused.predictions.unknown ?? '', /break the signature of models:\/iris\/1: .*much/);
    await assert.rejects(compare('models:/iris/1', 'models:/iris/2', { rows: 'none.csv' }), { code: 'FILE_NOT_FOUND' });
  });

  test('promote shows the same comparison with the version that it replaces', async () => {
    await promoteModel(world, { name: 'iris', version: 1, alias: 'champion' });
    const { contracts } = await promoteModel(world, { name: 'iris', version: 2, alias: 'champion', dryRun: true });
    assert.deepEqual(
      contracts.map(({ diff }) => diff),
      [await compare('models:/iris/1', 'models:/iris/2')],
    );
  });

  test('exit codes, JSON, text and Markdown', () => {
    const options = { cwd: world.cwd };
    const same = runCli(['diff', 'models:/iris/1', 'models:/iris/3'], options);
    assert.equal(same.code, 0);
    assert.match(same.stdout, /the models are the same$/m);
    const other = runCli(['diff', 'models:/iris/1', 'models:/iris/2'], options);
    assert.equal(other.code, 1);
    for (const words of [/logistic_regression__C +1\.0 +0\.5/, /val_log_loss .* worse/, /12 of 12 numbers/])
      assert.match(other.stdout, words);
    const { code, stdout } = runCli(['diff', 'models:/iris/1', 'models:/iris/2', '--json'], options);
    const document = JSON.parse(stdout) as DiffDocument & { schema: string; ok: boolean };
    assert.deepEqual([code, document.schema, document.ok, document.same], [1, 'mlctl.diff/1', false, false]);
    const { stdout: markdown } = runCli(['diff', 'models:/iris/1', 'models:/iris/2', '--md'], options);
    assert.match(markdown, /^\| logistic&#95;regression&#95;&#95;C \| 1\.0 \| 0\.5 \|$/m);
    assert.equal(runCli(['diff', 'models:/iris/1', 'models:/iris/9'], options).code, 3);
    assert.equal(runCli(['diff', 'models:/iris/1'], options).code, 2);
  });

  test('a model whose files were changed is not compared', async () => {
    writeFileSync(join(paths[2]!, 'MLmodel'), 'flavors: {}\n');
    await assert.rejects(compare('models:/iris/1', 'models:/iris/3'), { code: 'INTEGRITY_MISMATCH' });
    rmSync(paths[2]!, { recursive: true });
    await assert.rejects(compare('models:/iris/3', 'models:/iris/1'), MlctlError);
  });
});

test('another pipeline and other columns: what callers notice as an error, in every form that is shown', async () => {
  const world = testWorld();
  const rows = Array.from({ length: 40 }, (_, at) => `${at % 7},${(at * 3) % 11},${at % 2}`);
  writeFileSync(join(world.cwd, 'two.csv'), `a,<b>|x*,y\n${rows.join('\n')}\n`);
  const recipe = (pipeline: string, drop = '') =>
    `name: two\ndata: { source: two.csv, target: y${drop} }\npipeline:\n  - ${pipeline}: {}\n`;
  writeFileSync(join(world.cwd, 'one.yaml'), recipe('logistic_regression'));
  writeFileSync(join(world.cwd, 'tree.yaml'), recipe('decision_tree_classifier'));
  writeFileSync(join(world.cwd, 'few.yaml'), recipe('logistic_regression', ', drop: [a]'));
  for (const name of ['one', 'tree', 'few']) await trainModel(world, { recipe: `${name}.yaml`, out: name, log: false });

  const tree = await diffModels(world, { a: 'one', b: 'tree' });
  assert.deepEqual([tree.same, tree.contract.changes.length, tree.lineage, tree.params], [false, 0, [], []]);
  assert.equal(tree.predictions.source, 'the input example of tree');
  assert.ok(tree.parts.total > 0);

  const few = await diffModels(world, { a: 'few', b: 'one' });
  assert.equal(few.contract.breaking, true);
  assert.deepEqual(names(few.contract.changes), ['a']);
  const gone = await diffModels(world, { a: 'one', b: 'few' });
  assert.deepEqual(
    gone.contract.changes.map(({ change }) => change),
    ['removed'],
  );
  assert.equal(gone.predictions.unknown === null, false);
  const options = { cwd: world.cwd };
  assert.match(runCli(['diff', 'one', 'few'], options).stdout, /input "a" is gone .* notice it as an error/);
  const tables = runCli(['diff', 'one', 'tree', '--md'], options).stdout;
  assert.ok(!/<b>|[^ ]\|x/.test(tables), tables);
});

const MAKE = `
import sys, warnings, mlflow.sklearn
warnings.filterwarnings('ignore')
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
X, y = load_iris(return_X_y=True, as_frame=True)
for name, alpha, form in [('one', 1., 'skops'), ('again', 1., 'cloudpickle'), ('other', 5., 'skops')]:
    model = make_pipeline(StandardScaler(), Ridge(alpha=alpha)).fit(X, y)
    mlflow.sklearn.save_model(model, f'{sys.argv[1]}/{name}', signature=infer_signature(X, model.predict(X)),
        input_example=X[:5], serialization_format=form)
`;

test('models of Python: the estimators are compared, whatever file they were saved in', async (t) => {
  const python = pythonOf('models');
  if ('skip' in python) return t.skip(python.skip);
  const world = testWorld();
  runPython(python.python, MAKE, [world.cwd]);
  const other = await diffModels(world, { a: 'one', b: 'other' });
  assert.deepEqual(
    other.parts.changes.map(({ name, numbers }) => [name, numbers?.different]),
    [['estimator.steps[1].estimator.coef_', 4]],
  );
  const [output] = other.predictions.outputs;
  assert.deepEqual([output?.different, other.predictions.source], [5, 'the input example of other']);
  const again = await diffModels(world, { a: 'one', b: 'again' });
  assert.deepEqual([again.same, again.parts.total, again.predictions.outputs], [false, 0, []]);
});

test('versions on a real MLflow server, and a version there beside a folder here', async (t) => {
  const python = pythonOf('mlflow');
  if ('skip' in python) return t.skip(python.skip);
  const folder = scratch();
  const server = await startMlflow(python.python, folder);
  t.after(() => server.stop());
  const options = { cwd: folder, env: { MLFLOW_TRACKING_URI: server.url, MLCTL_CACHE_DIR: join(folder, 'cache') } };
  runCli(['train', '--register=iris', '--out', 'here'], options);
  runCli(['train', '--register=iris', '--set', 'pipeline.0.logistic_regression.C=0.5'], options);
  const diff = cliJson<DiffDocument>(['diff', 'models:/iris/1', 'models:/iris/2'], { ...options, expect: 1 });
  assert.deepEqual(names(diff.params), ['logistic_regression__C']);
  assert.equal(diff.predictions.rows, 30);
  const same = cliJson<DiffDocument>(['diff', 'here', 'models:/iris/1'], options);
  assert.match(same.unknown_run ?? '', /no run is known for here$/);
  assert.deepEqual([same.same, same.a.verified, same.b.verified], [true, 'none', 'registry']);
});
