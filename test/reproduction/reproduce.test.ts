// Each recipe that mlctl trains gives the same bytes again; whatever was changed since is named, and nothing else.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { localFolderOf } from '../../src/artifacts/open.js';
import { MlctlError } from '../../src/errors/error.js';
import { formatLineage } from '../../src/lineage/format-lineage.js';
import { LINEAGE_DIGEST_TAG } from '../../src/lineage/names.js';
import { parseLineage } from '../../src/lineage/parse-lineage.js';
import type { Lineage } from '../../src/lineage/types.js';
import { reproduce } from '../../src/operations/reproduce.js';
import { trainModel } from '../../src/operations/train.js';
import { STEP_NAMES } from '../../src/recipe/steps/table.js';
import { lazyStores } from '../../src/session/stores.js';
import type { World } from '../../src/world.js';
import { MIXED_CSV, RECIPES } from '../support/recipes.js';
import { testWorld } from '../support/worlds.js';

const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  return true;
};

/** A training in a folder of its own. */
async function trained(recipe: string, world = testWorld(), request = {}) {
  writeFileSync(join(world.cwd, 'data.csv'), MIXED_CSV);
  writeFileSync(join(world.cwd, 'recipe.yaml'), recipe);
  const done = await trainModel(world, { recipe: 'recipe.yaml', ...request });
  const stores = lazyStores(world, {});
  const run = (await (await stores.tracking()).getRun(done.run_id!))!;
  await stores.close();
  return { world, done, uri: done.model_uri!, run, artifacts: localFolderOf(run.artifactUri, world.cwd)! };
}

const SIMPLE = RECIPES['a logistic regression']!;
const ALL = { payload: true, predictions: true, metrics: true };
const whatOf = ({ differences }: Awaited<ReturnType<typeof reproduce>>) =>
  differences.filter(({ matters }) => matters).map(({ what, name }) => `${what} ${name}`);

test('the recipes hold every step that a recipe can have', () => {
  for (const step of STEP_NAMES)
    assert.ok(
      Object.values(RECIPES).some((text) => text.includes(`${step}:`)),
      step,
    );
});

for (const [name, recipe] of Object.entries(RECIPES))
  test(`${name} gives the same bytes, predictions and metrics, and nothing is logged or left`, async () => {
    const { world, uri, done } = await trained(recipe);
    const runs = readdirSync(world.cwd, { recursive: true }).map(String).sort();
    const again = await reproduce(world, { uri });
    assert.deepEqual(again.differences, []);
    assert.deepEqual([again.ok, again.identical, again.unprovable], [true, ALL, []]);
    assert.equal(again.actual.payload, done.digest.payload);
    assert.deepEqual(again.actual.metrics, done.metrics);
    assert.deepEqual(again.actual.predictions?.evaluation_rows, 30);
    assert.ok(again.actual.predictions!.golden_rows > 0);
    assert.deepEqual(readdirSync(world.cwd, { recursive: true }).map(String).sort(), runs);
  });

test('data in Parquet, by a relative path and by --data of the first training', async () => {
  const columnData = [
    { name: 'a', type: 'DOUBLE' as const, data: Array.from({ length: 60 }, (_, i) => Math.sin(i)) },
    { name: 'b', type: 'INT64' as const, data: Array.from({ length: 60 }, (_, i) => BigInt(i % 5)) },
    { name: 'y', type: 'STRING' as const, data: Array.from({ length: 60 }, (_, i) => ['no', 'yes'][(i * 7) % 2]!) },
  ];
  const world = testWorld();
  writeFileSync(join(world.cwd, 'rows.parquet'), Buffer.from(parquetWriteBuffer({ columnData })));
  const recipe = 'data: { source: rows.parquet, target: y }\npipeline: [logistic_regression: {}]\n';
  const { uri } = await trained(recipe, world);
  assert.deepEqual((await reproduce(world, { uri })).identical, ALL);
  const { model_uri: other } = await trainModel(world, { data: 'rows.parquet', target: 'y' });
  const again = await reproduce(world, { uri: other! });
  assert.deepEqual([again.ok, again.identical, again.expected.data[0]?.rows], [true, ALL, 60]);
});

test('the built-in recipe is trained again, registered or not', async () => {
  const world = testWorld();
  await trainModel(world, { register: true, alias: 'champion' });
  for (const uri of ['models:/iris_clf/1', 'models:/iris_clf@champion', undefined]) {
    const again = await reproduce(world, uri === undefined ? {} : { uri });
    assert.deepEqual([again.ok, again.identical], [true, ALL]);
  }
});

test('changed data is named with both digests, and so is what comes of it', async () => {
  const { world, uri } = await trained(SIMPLE);
  const file = join(world.cwd, 'data.csv');
  writeFileSync(file, MIXED_CSV.replace(',low,', ',mid,'));
  const again = await reproduce(world, { uri });
  assert.equal(again.ok, false);
  const [data] = again.differences.filter(({ what }) => what === 'data');
  assert.equal(data?.name, file);
  assert.deepEqual([data?.expected, data?.actual], [again.expected.data[0]?.digest, again.actual.data[0]?.digest]);
  assert.notEqual(data?.expected, data?.actual);
  assert.equal(again.identical.payload, false);
  // A line more changes the split as well.
  appendFileSync(file, '1,2,rot,low,yes,3\n');
  const more = await reproduce(world, { uri });
  assert.match(more.differences.find(({ what }) => what === 'data')?.message ?? '', /it had 120 rows and has 121$/);
  assert.ok(whatOf(more).includes('split rows to train on and to test on'));
  // Data that is changed without an effect is not the data of the training either.
  writeFileSync(file, `${MIXED_CSV.trimEnd()}\r\n`);
  const same = await reproduce(world, { uri });
  assert.deepEqual([same.ok, same.identical, whatOf(same)], [false, ALL, [`data ${file}`]]);
  // Data that cannot be trained on any more.
  writeFileSync(file, 'size,count\n1,2\n');
  const broken = await reproduce(world, { uri });
  assert.deepEqual([broken.ok, whatOf(broken)], [false, ['training fit', `data ${file}`]]);
  // Data that is not even a table any more.
  writeFileSync(file, 'a,b\n"1,2\n');
  const torn = await reproduce(world, { uri });
  assert.deepEqual([torn.ok, whatOf(torn)], [false, ['training fit', `data ${file}`]]);
});

test('data that lies elsewhere now is given by --data, and must be the same', async () => {
  const { world, uri } = await trained(SIMPLE);
  mkdirSync(join(world.cwd, 'archive'));
  renameSync(join(world.cwd, 'data.csv'), join(world.cwd, 'archive', 'old.csv'));
  await assert.rejects(reproduce(world, { uri }), code('FILE_NOT_FOUND'));
  assert.equal((await reproduce(world, { uri, data: 'archive/old.csv' })).ok, true);
  writeFileSync(join(world.cwd, 'other.csv'), MIXED_CSV.replace('low', 'mid'));
  const other = await reproduce(world, { uri, data: 'other.csv' });
  assert.ok(whatOf(other).includes(`data ${join(world.cwd, 'other.csv')}`));
  // In another folder, as in a fresh clone, the path of the recipe leads to it.
  const clone = testWorld({ env: { ...world.env, MLFLOW_TRACKING_URI: `sqlite:///${world.cwd}/mlflow.db` } });
  writeFileSync(join(clone.cwd, 'data.csv'), MIXED_CSV);
  assert.equal((await reproduce(clone, { uri })).ok, true);
});

test('a changed recipe, changed evaluation rows and a changed metric are each named alone', async () => {
  const { world, uri, artifacts, run } = await trained(SIMPLE);
  const change = async (file: string, edit: (text: string) => string) => {
    const place = join(artifacts, file);
    const before = readFileSync(place);
    writeFileSync(place, edit(before.toString()));
    const again = await reproduce(world, { uri });
    writeFileSync(place, before);
    return again;
  };
  const comment = await change('recipe.yaml', (text) => `${text}# changed\n`);
  assert.deepEqual([comment.ok, comment.identical, whatOf(comment)], [false, ALL, ['recipe recipe.yaml']]);
  const recipe = await change('recipe.yaml', (text) => text.replace('C: 0.3', 'C: 0.4'));
  assert.deepEqual([recipe.identical.payload, whatOf(recipe).includes('recipe recipe.yaml')], [false, true]);
  assert.ok(!recipe.differences.some(({ what }) => what === 'data' || what === 'split' || what === 'evaluation'));
  const rows = await change('evaluation/X_te.csv', (text) => text.replace('low', 'mid'));
  assert.deepEqual([rows.ok, rows.identical, whatOf(rows)], [false, ALL, ['evaluation evaluation/X_te.csv']]);
  const labels = await change('evaluation/y_te.csv', (text) => text.replace('yes', 'no'));
  assert.deepEqual([labels.identical, whatOf(labels)], [ALL, ['evaluation evaluation/y_te.csv']]);
  const stores = lazyStores(world, {});
  const tracking = await stores.tracking();
  await tracking.logBatch(run.runId, {
    metrics: [{ key: 'val_acc', value: 0.999, timestamp: Date.now() * 2, step: 9 }],
  });
  await stores.close();
  const metric = await reproduce(world, { uri });
  assert.deepEqual([metric.ok, metric.identical], [false, { ...ALL, metrics: false }]);
  assert.deepEqual(whatOf(metric), ['metrics val_acc']);
  rmSync(join(artifacts, 'recipe.yaml'));
  const gone = await reproduce(world, { uri });
  assert.deepEqual([gone.ok, gone.identical.payload], [false, null]);
  assert.ok(whatOf(gone).includes('recipe recipe.yaml'));
});

test('other versions are listed with whether they matter, and make no difference by themselves', async () => {
  const { world, uri, artifacts, run } = await trained(SIMPLE);
  const place = join(artifacts, 'lineage.json');
  const lineage = parseLineage(readFileSync(place)) as Lineage;
  const versions = { mlctl: '0.0.9', node: '18.0.0', onnxruntime: '1.2.0', lock: 'sha256:x', platform: 'win32-arm64' };
  const { bytes, digest } = formatLineage({
    ...lineage,
    versions,
    git: { ...lineage.git, commit: 'a'.repeat(40), dirty: true },
  });
  writeFileSync(place, bytes);
  const stores = lazyStores(world, {});
  const tracking = await stores.tracking();
  await tracking.setLoggedModelTags(run.modelOutputs[0]!.modelId, new Map([[LINEAGE_DIGEST_TAG, digest]]));
  await stores.close();
  const again = await reproduce(world, { uri });
  assert.deepEqual([again.ok, again.identical], [true, ALL]);
  const named = again.differences.map(({ what, name, matters }) => [what, name, matters]);
  assert.deepEqual(named, [
    ['version', 'mlctl', false],
    ['version', 'node', false],
    ['version', 'onnxruntime', false],
    // a build of the tests has no lock
    ['version', 'platform', false],
    ['code', 'uncommitted changes', false],
  ]);
  assert.equal(again.differences[1]?.message, 'this does not matter: the fit gives the same bytes on every Node');
});

test('a run of an older mlctl, without a lineage artifact, is trained again by its tags', async () => {
  const { world, uri, artifacts } = await trained(SIMPLE);
  rmSync(join(artifacts, 'lineage.json'));
  const again = await reproduce(world, { uri });
  assert.deepEqual([again.ok, again.identical], [true, ALL]);
  writeFileSync(join(world.cwd, 'data.csv'), MIXED_CSV.replace('low', 'mid'));
  assert.ok(whatOf(await reproduce(world, { uri })).some((one) => one.startsWith('data ')));
});

test('a package without a run is replayed, and the rest is said to be unprovable', async () => {
  const world = testWorld();
  await trainModel(world, { out: 'package', log: false });
  const again = await reproduce(world, { uri: './package' });
  assert.deepEqual(again.identical, { payload: null, predictions: true, metrics: null });
  assert.equal(again.ok, true);
  assert.deepEqual(again.unprovable, [
    'payload: no run is known that made the model',
    'metrics: no run is known that kept evaluation rows',
  ]);
  await assert.rejects(reproduce(world, { uri: './package', data: 'x.csv' }), code('USAGE'));
  const golden = join(world.cwd, 'package', 'golden_predictions.json');
  writeFileSync(golden, readFileSync(golden, 'utf8').replace(/0\.9\d+/, '0.5'));
  const changed = await reproduce(world, { uri: './package' });
  assert.deepEqual([changed.ok, changed.identical.predictions], [false, false]);
});

/** Nothing of mlctl is left among the temporary files of this process. */
const scratchFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`mlctl-${process.pid}-`));

test('--at-commit takes the data as the commit has it, and leaves no work tree behind', async () => {
  const { spawnSync } = await import('node:child_process');
  const world = testWorld({
    env: { USER: 'ada', PATH: process.env['PATH'] ?? '', MLCTL_CACHE_DIR: join(testWorld().cwd, 'cache') },
  });
  const git = (cwd: string, ...args: string[]) => {
    const done = spawnSync('git', ['-c', 'user.email=a@b', '-c', 'user.name=n', ...args], { cwd, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.trim();
  };
  const folder = join(world.cwd, 'models', 'a b');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'data.csv'), MIXED_CSV);
  writeFileSync(join(folder, 'recipe.yaml'), SIMPLE);
  writeFileSync(join(world.cwd, '.gitignore'), 'mlflow.db*\nmlruns\n');
  git(world.cwd, 'init', '-q');
  git(world.cwd, 'add', '.');
  git(world.cwd, 'commit', '-qm', 'one');
  const commit = git(world.cwd, 'rev-parse', 'HEAD');
  const done = await trainModel(world, { recipe: 'models/a b/recipe.yaml' });
  const uri = done.model_uri!;
  writeFileSync(join(folder, 'data.csv'), MIXED_CSV.replace('low', 'mid'));
  git(world.cwd, 'commit', '-qam', 'two');
  const now = await reproduce(world, { uri });
  assert.equal(now.ok, false);
  assert.equal(now.differences.find(({ what }) => what === 'code')?.expected, commit);
  const mark = join(world.cwd, 'EXECUTED');
  writeFileSync(join(world.cwd, '.git', 'hooks', 'post-checkout'), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
  git(world.cwd, 'config', 'filter.x.smudge', `touch '${mark}'`);
  writeFileSync(join(world.cwd, '.git', 'info', 'attributes'), '* filter=x\n');
  const before = git(world.cwd, 'status', '--porcelain');
  const then = await reproduce(world, { uri, atCommit: true });
  assert.deepEqual([then.ok, then.identical, then.at_commit], [true, ALL, commit]);
  assert.equal(git(world.cwd, 'status', '--porcelain'), before);
  assert.equal(git(world.cwd, 'worktree', 'list').split('\n').length, 1);
  assert.equal(existsSync(mark), false);
  assert.deepEqual(scratchFolders(), []);
  // A fresh clone finds the data below its root, whatever the folder, and a folder without the commit says so.
  const clone = join(testWorld().cwd, 'clone');
  git(dirname(clone), 'clone', '-q', world.cwd, clone);
  git(clone, 'checkout', '-q', commit);
  rmSync(folder, { recursive: true });
  const env = { ...world.env, MLFLOW_TRACKING_URI: `sqlite:///${world.cwd}/mlflow.db` };
  const there: World = testWorld({ cwd: join(clone, 'models'), env });
  assert.equal((await reproduce(there, { uri })).ok, true);
  cpSync(join(world.cwd, '.git'), join(world.cwd, 'gone'), { recursive: true });
  rmSync(join(world.cwd, '.git'), { recursive: true });
  await assert.rejects(reproduce(testWorld({ env }), { uri, atCommit: true }), code('FILE_NOT_FOUND'));
});
