// Who vouches for a model: what `log` scanned and ran, and nothing else; and what smoke says where the stores contradict a package.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { smokeExitCode } from '../../src/checks/smoke-exit-code.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { isKnownPackage } from '../../src/loader/known-packages.js';
import { openFetched } from '../../src/loader/open-model.js';
import { digestPackage } from '../../src/model/digest-package.js';
import { readPackage } from '../../src/model/read-package.js';
import { loadModel } from '../../src/operations/load.js';
import { logExisting } from '../../src/operations/log.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores, type Stores } from '../../src/session/stores.js';
import { DOUBLE, identity, modelOf, value } from '../inference/models.js';
import { irisPlan } from '../support/iris-package.js';
import { ANSWER, irisLikePackage } from '../support/packages.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const GOLDEN = 'golden_predictions.json';

async function givenPackage(world: TestWorld, change: (files: Map<string, Uint8Array>) => void = () => {}) {
  const files = irisLikePackage() as Map<string, Uint8Array>;
  change(files);
  await writeFolderAtomically(join(world.cwd, 'given'), files);
}
const text = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

test('a package that works is run when it is logged, and may run in the process afterwards', async () => {
  const world = testWorld();
  await givenPackage(world);
  let done = await logExisting(world, { path: 'given' });
  // Only a package that answers within a second is remembered, and a busy machine may take longer.
  for (let tries = 1; tries < 30 && !isKnownPackage(world, done.digest.package); tries++)
    done = await logExisting(world, { path: 'given' });
  assert.ok(isKnownPackage(world, done.digest.package));
  const found = await smokeModel(world, { uri: done.model_uri! });
  assert.equal(found.checks.find(({ name }) => name === 'integrity')!.details['runs_in'], 'this process');
  // Elsewhere the same bytes with the same digest are nothing that this user's mlctl has ever run.
  const away = testWorld({ cwd: world.cwd });
  const there = await smokeModel(away, { uri: done.model_uri!, timeoutMs: 60_000 });
  const integrity = there.checks.find(({ name }) => name === 'integrity')!;
  assert.equal(integrity.status, 'pass');
  assert.equal(integrity.details['runs_in'], 'a process that can be ended');
  assert.equal(smokeExitCode(there), 0);
});

test('golden predictions that a package brings along are compared with its answer', async () => {
  const cases: [string, unknown][] = [
    ['PACKAGE_INVALID', { format: 'mlctl.golden/1', tolerance: 1, predictions: { label: [1, 0, 1] } }],
    [
      'PACKAGE_INVALID',
      { format: 'mlctl.golden/1', tolerance: 1e9, predictions: { ...golden(), probability_0: [0, 0, 0] } },
    ],
    ['PACKAGE_INVALID', 'this is not JSON'],
  ];
  for (const [code, brought] of cases) {
    const world = testWorld();
    await givenPackage(world, (files) => files.set(GOLDEN, text(brought)));
    await assert.rejects(logExisting(world, { path: 'given' }), { code });
  }
});

function golden(): Record<string, unknown[]> {
  return Object.fromEntries(
    ANSWER.columns.map(({ name, values }) => [name, Array.from(values as ArrayLike<unknown>, Number)]),
  );
}

test('log and load refuse what is not a model, whatever is beside it', async () => {
  for (const payload of ['this is not a model', '']) {
    const world = testWorld();
    await givenPackage(world, (files) => files.set('model.onnx', text(payload)));
    await assert.rejects(logExisting(world, { path: 'given' }), { code: 'MODEL_MALFORMED' });
    await assert.rejects(loadModel(world, { uri: './given' }), { code: 'MODEL_MALFORMED' });
  }
});

test('a model whose cost depends on its rows is logged, but runs only in a process that can be ended', async () => {
  const world = testWorld();
  const x = value('a', DOUBLE, ['N']);
  const graph = { ...identity([x], [value('b', DOUBLE, ['N'])]) };
  // Repeats its rows as often as they say themselves: harmless on its example, a bomb on other rows.
  graph.initializer = [];
  graph.node = [
    { opType: 'ReduceMax', input: ['a'], output: ['most'], attribute: [{ name: 'keepdims', type: 2, i: 1n }] },
    { opType: 'Cast', input: ['most'], output: ['times'], attribute: [{ name: 'to', type: 2, i: 7n }] },
    { opType: 'Tile', input: ['a', 'times'], output: ['b'] },
  ];
  writeFileSync(join(world.cwd, 'm.onnx'), modelOf(graph));
  writeFileSync(join(world.cwd, 'rows.csv'), 'a\n1\n0.5\n');
  const done = await logExisting(world, { path: 'm.onnx', inputExample: 'rows.csv' });
  assert.ok(!isKnownPackage(world, done.digest.package));
});

test('a large payload that is swapped after it was verified is not opened, in the process or in a child', async () => {
  const world = testWorld();
  const weights = { name: 'w', dataType: DOUBLE, dims: [700_000n], rawData: new Uint8Array(5_600_000) };
  const graph = { ...identity([value('a', DOUBLE, ['N'])], [value('b', DOUBLE, ['N'])]), initializer: [weights] };
  await givenPackage(world, (files) => files.set('model.onnx', modelOf(graph)));
  const pkg = { ...(await readPackage(join(world.cwd, 'given'))), verified: 'none' as const };
  assert.ok(!pkg.digest.bytes.has('model.onnx'));
  await (await openFetched(world, pkg, {})).close();
  weights.rawData[0] = 1;
  writeFileSync(join(pkg.folder, 'model.onnx'), modelOf(graph));
  await assert.rejects(openFetched(world, pkg, {}), { code: 'INTEGRITY_MISMATCH' });
});

/** A version of a run that is there twice: a twin with the same metrics. */
async function twice(): Promise<{ world: TestWorld; stores: Stores; runs: string[]; modelId: string }> {
  const world = testWorld();
  const stores = lazyStores(world, {});
  const first = await logModel(world, stores, {}, irisPlan({ register: { name: 'iris' } }));
  const second = await logModel(world, stores, {}, irisPlan());
  return { world, stores, runs: [first.run_id!, second.run_id!], modelId: first.model_id! };
}

async function smokeOf({ world }: { world: TestWorld }, uri = 'models:/iris/1') {
  const document = await smokeModel(world, { uri, timeoutMs: 60_000 });
  const of = (name: string) => document.checks.find((check) => check.name === name)!;
  return { exit: smokeExitCode(document), of, said: document.checks.filter(({ status }) => status === 'warn') };
}

async function inDatabase({ world, stores }: { world: TestWorld; stores: Stores }, sql: string): Promise<void> {
  await stores.close();
  const { default: Database } = await import('libsql');
  const database = new Database(join(world.cwd, 'mlflow.db'));
  database.exec(sql);
  database.close();
}

test('a version that names another run than the verified package is a failure', async () => {
  const of = await twice();
  assert.equal((await smokeOf(of)).exit, 0);
  await inDatabase(of, `update model_versions set run_id = '${of.runs[1]}'`);
  const found = await smokeOf(of);
  assert.equal(found.of('package').status, 'fail');
  assert.match(found.of('package').message, /do not agree where the model comes from: the store names the run/);
  assert.equal(found.exit, 7);
});

test('a package that was made on another server keeps its run there: a warning', async () => {
  const of = await twice();
  await inDatabase(
    of,
    `pragma foreign_keys = off; update runs set run_uuid = '${'0'.repeat(32)}' where run_uuid = '${of.runs[0]}';
     update model_versions set run_id = '${'0'.repeat(32)}'`,
  );
  const found = await smokeOf(of);
  assert.equal(found.of('package').status, 'warn');
});

test('a failed, a deleted and a missing run, an unfinished upload and an unfinished registration are reported', async () => {
  const cases: [string, RegExp][] = [
    ["update runs set status = 'FAILED'", /ended as FAILED/],
    ["update runs set lifecycle_stage = 'deleted'", /is deleted/],
    [`update model_versions set run_id = '${'1'.repeat(32)}'`, /was never in this store/],
    ["update model_versions set status = 'FAILED_REGISTRATION'", /version 1 of iris is FAILED_REGISTRATION/],
    ['update logged_models set status = 1', /never finished \(status PENDING\)/],
  ];
  for (const [sql, told] of cases) {
    const of = await twice();
    await inDatabase(of, sql);
    const { status, message, hint } = (await smokeOf(of)).of('resolve');
    assert.equal(status, 'warn', sql);
    assert.match(message, told);
    assert.ok(hint);
  }
});

test('digests that do not agree are reported, and a single one counts', async () => {
  const other = `sha256:${'0'.repeat(64)}`;
  const spoilt = await twice();
  await inDatabase(spoilt, `update tags set value = '${other}' where key = 'mlctl.package_digest'`);
  const { status, message } = (await smokeOf(spoilt)).of('integrity');
  assert.equal(status, 'warn');
  assert.match(message, /the records of the digest do not agree: the version sha256:.*; the run sha256:0{64}/);

  const left = await twice();
  const gone = `where tag_key = 'mlctl.package_digest'`;
  await inDatabase(
    left,
    `delete from logged_model_tags ${gone}; delete from model_version_tags where key = 'mlctl.package_digest'`,
  );
  assert.equal((await smokeOf(left)).of('integrity').status, 'pass');
  const folder = (await loadModel(left.world, { uri: 'models:/iris/1' })).path;
  const example = join(folder, 'requirements.txt');
  writeFileSync(example, `${readFileSync(example, 'utf8')}\n# changed`);
  const changed = await smokeOf(left);
  assert.equal(changed.of('integrity').status, 'fail');
  assert.equal(changed.exit, 7);
});

test('load --to copies what was verified, or nothing', async () => {
  const world = testWorld();
  await givenPackage(world);
  const place = join(world.cwd, 'given');
  mkdirSync(join(place, 'more'));
  writeFileSync(join(place, 'more', 'large.bin'), Buffer.alloc(5 * 2 ** 20));
  const done = await loadModel(world, { uri: './given', to: 'copy', timeoutMs: 60_000 });
  assert.equal((await digestPackage(join(world.cwd, 'copy'))).package, done.digest.package);
  const digest = await digestPackage(place);
  copyFileSync(join(place, 'MLmodel'), join(place, 'more', 'large.bin'));
  const { filesOf } = await import('../../src/model/read-package.js');
  const target = join(world.cwd, 'second');
  await assert.rejects(writeFolderAtomically(target, filesOf({ folder: place, digest })), {
    code: 'INTEGRITY_MISMATCH',
  });
  assert.throws(() => readFileSync(join(target, 'MLmodel')), { code: 'ENOENT' });
});
