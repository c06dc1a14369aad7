import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import type { FolderFile } from '../../src/files/write-folder-atomically.js';
import { resolveModel } from '../../src/loader/resolve-model.js';
import type { PackageIds } from '../../src/model/package-ids.js';
import { loadModel } from '../../src/operations/load.js';
import { listModels } from '../../src/operations/models.js';
import { promoteModel } from '../../src/operations/promote.js';
import { registerModel } from '../../src/operations/register.js';
import { listRuns } from '../../src/operations/runs.js';
import { recordsOf } from '../../src/registry/move-record.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores, type Stores } from '../../src/session/stores.js';
import type { World } from '../../src/world.js';
import { irisLikePackage } from '../support/packages.js';
import { irisLikePlan } from '../support/plans.js';
import { pythonOf, runPython } from '../support/python.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const code = (wanted: string, message?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  if (message) assert.match(error.message, message);
  return true;
};

async function logged(world: World, parts = {}) {
  const stores = lazyStores(world, {});
  try {
    return await logModel(world, stores, {}, irisLikePlan(parts));
  } finally {
    await stores.close();
  }
}

/** Everything below a folder that is not the finished package or the database. */
const leftovers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.includes('tmp'));

test('a run is logged, found by every URI, verified and described', async () => {
  const world = testWorld();
  const done = await logged(world, { register: { name: 'iris_clf', stage: 'production', alias: 'champion' } });
  assert.deepEqual(done.registered, { name: 'iris_clf', version: 1 });
  assert.equal(done.metrics.val_log_loss, 'NaN');
  assert.equal(JSON.parse(JSON.stringify(done)).params.C, '1.0');
  const uris = [
    done.model_uri,
    `models:/${done.model_id}`,
    'models:/iris_clf/1',
    'models:/iris_clf/PRODUCTION',
    'models:/iris_clf/latest',
    'models:/iris_clf@champion',
    done.path,
    undefined,
  ];
  for (const uri of uris) {
    const found = await loadModel(world, uri === undefined || uri === null ? {} : { uri });
    assert.deepEqual(found.digest, done.digest, String(uri));
    assert.equal(found.path, done.path);
    assert.equal(found.flavor, 'onnx');
    assert.deepEqual(found.signature, done.signature);
    if (uri === done.path) {
      assert.equal(found.verified, 'none');
      assert.equal(found.lineage, null);
      continue;
    }
    assert.equal(found.verified, uri?.startsWith('models:/iris') ? 'registry' : 'run', String(uri));
    assert.equal(found.lineage?.run_id, done.run_id);
    assert.equal(found.lineage?.experiment, '03-models-pyfunc');
    assert.equal(found.lineage?.user, 'ada');
    assert.equal(found.lineage?.run_status, 'FINISHED');
    assert.deepEqual(found.lineage?.data, [
      { name: 'iris', digest: 'abc', source: '/x/iris.csv', context: 'training' },
    ]);
    assert.equal(found.lineage?.tags['mlctl.data_digest'], 'sha256:abc');
  }
  assert.match(world.notes.join('\n'), new RegExp(`model: runs:/${done.run_id}/model \\(the newest finished run`));
  const resolved = await resolveModel(world, 'models:/iris_clf/staGING').catch((error) => error);
  assert.ok(code('MODEL_NOT_FOUND', /Production \(1\)/)(resolved));
  const runs = await listRuns(world, {});
  assert.equal(runs.runs[0]?.models[0], done.model_uri);
  assert.deepEqual(leftovers(world.cwd), []);
});

test('a changed byte is found through every URI with a recorded digest', async () => {
  const world = testWorld();
  const done = await logged(world, { register: { name: 'm' } });
  appendFileSync(join(done.path ?? '', 'model.onnx'), 'x');
  for (const uri of [done.model_uri ?? '', 'models:/m/1', `models:/${done.model_id}`])
    await assert.rejects(loadModel(world, { uri }), code('INTEGRITY_MISMATCH', /payload itself/));
});

test('--to copies the whole package and never overwrites', async () => {
  const world = testWorld();
  const done = await logged(world);
  const found = await loadModel(world, { uri: done.model_uri ?? '', to: 'copy' });
  assert.equal(found.path, join(world.cwd, 'copy'));
  assert.equal((await loadModel(world, { uri: './copy' })).digest.package, done.digest.package);
  await assert.rejects(loadModel(world, { uri: done.model_uri ?? '', to: 'copy' }), code('FILE_EXISTS'));
});

test('an error about a missing model says what there is', async () => {
  const world = testWorld();
  await assert.rejects(loadModel(world, {}), code('STORE_NOT_FOUND', /there is no store at \.\/mlflow\.db/));
  const done = await logged(world, { register: { name: 'iris_clf', alias: 'champion' } });
  const cases: [string, string, RegExp][] = [
    ['models:/iris_cfl/1', 'MODEL_NOT_FOUND', /"iris_clf"/],
    ['models:/iris_clf/7', 'MODEL_NOT_FOUND', /it has version 1/],
    ['models:/iris_clf/Production', 'MODEL_NOT_FOUND', /no stage is set/],
    ['models:/iris_clf/Nightly', 'MODEL_NOT_FOUND', /stage Nightly/],
    ['models:/iris_clf@chamption', 'MODEL_NOT_FOUND', /@champion \(1\)/],
    [`models:/m-${'0'.repeat(32)}`, 'MODEL_NOT_FOUND', /no logged model/],
    [`runs:/${'0'.repeat(32)}/model`, 'RUN_NOT_FOUND', /no run/],
    [`runs:/${done.run_id}/modle`, 'MODEL_NOT_FOUND', /"model"/],
    [`runs:/${done.run_id}/reports`, 'MODEL_NOT_FOUND', /no MLmodel/],
    ['./nowhere', 'MODEL_NOT_FOUND', /no such folder/],
    ["models:/it's/1", 'MODEL_NOT_FOUND', /it's/],
  ];
  for (const [uri, wanted, message] of cases)
    await assert.rejects(loadModel(world, { uri }), code(wanted, message), uri);
});

/** The stores with their calls counted; the k-th call throws, before or after it was done. What is opened to clean up works. */
function failing(stores: Stores, k: number, after: boolean, error: unknown): { stores: Stores; calls: string[] } {
  const calls: string[] = [];
  const wrap = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, key) {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function' || key === 'close')
          return typeof value === 'function' ? value.bind(target) : value;
        return async (...args: unknown[]) => {
          calls.push(String(key));
          const hit = calls.length === k;
          if (hit && !after) throw error;
          const answer = await (value as (...a: unknown[]) => unknown).apply(target, args);
          if (hit) throw error;
          return answer;
        };
      },
    });
  const once = <T extends object>(open: () => Promise<T>): (() => Promise<T>) => {
    let opened: Promise<T> | undefined;
    return () => {
      opened ??= open().then(wrap);
      return opened;
    };
  };
  return { calls, stores: { ...stores, tracking: once(stores.tracking), registry: once(stores.registry) } };
}

test('an error at any call leaves no half model and no run in RUNNING; the next try works', async () => {
  const world = testWorld();
  const counting = failing(lazyStores(world, {}), 0, false, null);
  const plan = irisLikePlan({ register: { name: 'm', stage: 'Staging', alias: 'a' } });
  await logModel(world, counting.stores, {}, plan);
  const total = counting.calls.length;
  assert.ok(total >= 12, counting.calls.join(' '));
  let unheard = 0;
  for (let k = 1; k <= total; k++) {
    for (const after of [false, true]) {
      const here = testWorld();
      const cut = new MlctlError('REMOTE_UNREACHABLE', 'cut');
      const { stores, calls } = failing(lazyStores(here, {}), k, after, cut);
      let failure: unknown = null;
      await logModel(here, stores, {}, plan).catch((error) => {
        failure = error;
        code('REMOTE_UNREACHABLE')(error);
      });
      await stores.close();
      const where = `call ${k} (${calls[k - 1]}) ${after ? 'after' : 'before'}`;
      if (failure === null) {
        // Only the note and the list of a move that was made may fail without a word.
        assert.match(calls[k - 1] ?? '', /^(?:getModelVersion|setModelVersionTag)$/, where);
        const [made] = (await listModels(here, { name: 'm' })).models;
        assert.deepEqual([made?.versions[0]?.stage, made?.versions[0]?.aliases], ['Staging', ['a']], where);
        unheard += 1;
        continue;
      }
      const { runs } = await listRuns(here, {});
      const registered = (await listModels(here, { name: 'm' }).catch(() => ({ models: [] }))).models[0];
      for (const run of runs) assert.notEqual(run.status, 'RUNNING', where);
      for (const run of runs.filter((one) => one.status === 'FAILED')) {
        await assert.rejects(loadModel(here, { uri: `runs:/${run.run_id}/model` }), code('MODEL_NOT_FOUND'), where);
        assert.ok(!registered || registered.versions.length === 0, where);
      }
      // What is said of the registry is so.
      const { message, hint, details } = failure as MlctlError;
      if (registered?.versions.length) {
        assert.doesNotMatch(message, /but not registered/, where);
        assert.match(
          `${message} ${hint}`,
          /registered as version 1 of m|whether it was registered is not known/,
          where,
        );
        if (details['registered'])
          assert.match(hint ?? '', /mlctl promote m\/1 --stage Staging|mlctl promote m\/1 --alias a/, where);
        else assert.match(hint ?? '', /mlctl register runs:\/\w+\/model --name m --stage Staging --alias a$/, where);
      }
      for (const version of registered?.versions ?? []) await loadModel(here, { uri: `models:/m/${version.version}` });
      assert.deepEqual(leftovers(here.cwd), [], where);
    }
  }
  // Two moves, two calls each, before and after.
  assert.equal(unheard, 8);
});

test('MLmodel is written after all other files of the package, whatever the order of the package', async (t) => {
  const named: string[] = [];
  const { rename } = files;
  t.mock.method(files, 'rename', async (from: string, to: string) => {
    await rename(from, to);
    named.push(basename(to));
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const first = (all: ReadonlyMap<string, FolderFile>) => new Map([['MLmodel', all.get('MLmodel')!], ...all]);
  await logged(testWorld(), { buildPackage: (ids: PackageIds) => first(irisLikePackage(ids)) });
  assert.deepEqual(named.toSorted(), ['summary.txt', 'lineage.json', ...irisLikePackage().keys()].toSorted());
  assert.equal(named.at(-1), 'MLmodel');
});

test('an interrupted run is KILLED, a failed upload FAILED', async () => {
  const world = testWorld();
  const stop = (ids: unknown) => {
    world.stop(new MlctlError('INTERRUPTED', 'Ctrl-C'));
    return irisLikePlan().buildPackage(ids as never);
  };
  await assert.rejects(logged(world, { buildPackage: stop }), code('INTERRUPTED'));
  const fresh: TestWorld = testWorld({ cwd: world.cwd });
  assert.equal((await listRuns(fresh, {})).runs[0]?.status, 'KILLED');
  await assert.rejects(
    logged(fresh, {
      buildPackage: () => {
        throw new MlctlError('MODEL_FAILED', 'no');
      },
    }),
    code('MODEL_FAILED'),
  );
  assert.deepEqual(
    (await listRuns(fresh, { orderBy: ['attributes.start_time DESC'] })).runs.map((run) => run.status).sort(),
    ['FAILED', 'KILLED'],
  );
});

test('register finds the version a model already has; promote smokes, archives and records', async () => {
  const world = testWorld();
  const first = await logged(world);
  const second = await logged(world);
  const one = await registerModel(world, {
    uri: first.model_uri ?? '',
    name: 'm',
    stage: 'Production',
    tags: new Map([['k', 'v']]),
  });
  assert.deepEqual(
    [one.version, one.created, one.stage, one.source],
    [1, true, 'Production', `models:/${first.model_id}`],
  );
  const again = await registerModel(world, { uri: `models:/${first.model_id}`, name: 'm' });
  assert.deepEqual([again.version, again.created], [1, false]);
  assert.equal((await registerModel(world, { uri: second.model_uri ?? '', name: 'm' })).version, 2);
  assert.equal((await resolveModel(world, 'models:/m/Production')).document.version, 1);
  const moved = await promoteModel(world, { name: 'm', stage: 'production', alias: 'champion' });
  assert.deepEqual([moved.promoted, moved.version, moved.previous_version], [true, 2, 1]);
  assert.equal(moved.smoke?.resolved?.version, 2);
  const shown = (await listModels(world, { name: 'm' })).models[0];
  assert.deepEqual(
    shown?.versions.map((v) => [v.version, v.stage, v.aliases]),
    [
      [2, 'Production', ['champion']],
      [1, 'Archived', []],
    ],
  );
  const store = await lazyStores(world, {}).registry();
  const version = await store.getModelVersion('m', 2);
  const moves = version ? recordsOf(version).filter(({ state }) => state === undefined) : [];
  assert.deepEqual(
    moves.map((m) => [m.action, m.kind, m.target, m.from_version, m.to_version, m.user]),
    [
      ['promote', 'stage', 'Production', 1, 2, 'ada'],
      ['promote', 'alias', 'champion', null, 2, 'ada'],
    ],
  );
  await store.close();
  await assert.rejects(promoteModel(world, { name: 'm' }), code('USAGE'));
  await assert.rejects(promoteModel(world, { name: 'm', stage: 'Prod' }), code('USAGE'));
  for (const name of ['a/b', 'a:b', '', `m-${'0'.repeat(32)}`, 'x'.repeat(257), `a'b"c`])
    await assert.rejects(registerModel(world, { uri: first.model_uri ?? '', name }), code('NAME_INVALID'), name);
  for (const alias of ['latest', 'v1', 'a b'])
    await assert.rejects(promoteModel(world, { name: 'm', alias }), code('NAME_INVALID'), alias);
});

test('an existing run is logged into and keeps its status', async () => {
  const world = testWorld();
  const first = await logged(world);
  const second = await logged(world, {
    existingRunId: first.run_id,
    params: new Map(),
    metrics: new Map(),
    runFiles: new Map(),
  });
  assert.equal(second.run_id, first.run_id);
  assert.notEqual(second.model_id, first.model_id);
  assert.equal((await resolveModel(world, `runs:/${first.run_id}/model`)).document.model_id, second.model_id);
  await assert.rejects(logged(world, { existingRunId: 'nope' }), code('RUN_NOT_FOUND'));
});

test('Python loads what was logged, by every URI, in the same folder', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const world = testWorld();
  const done = await logged(world, { register: { name: 'iris_clf', stage: 'Production', alias: 'champion' } });
  const uris = [
    done.model_uri,
    `models:/${done.model_id}`,
    'models:/iris_clf/1',
    'models:/iris_clf/Production',
    'models:/iris_clf@champion',
  ];
  const done2 = runPython(
    found.python,
    `
import sys, json, logging
logging.disable(logging.CRITICAL)
import mlflow
out = []
for uri in json.loads(sys.argv[1]):
    m = mlflow.pyfunc.load_model(uri)
    out.append([m.metadata.run_id, m.predict(m.input_example)["label"].tolist()])
run = mlflow.get_run(sys.argv[2])
print(json.dumps({"out": out, "metrics": {k: str(v) for k, v in run.data.metrics.items()}, "params": run.data.params, "status": run.info.status, "inputs": [d.dataset.name for d in run.inputs.dataset_inputs], "files": [f.path for f in mlflow.MlflowClient().list_artifacts(sys.argv[2], "reports")], "tags": run.data.tags}))`,
    [JSON.stringify(uris), done.run_id ?? ''],
    { cwd: world.cwd },
  );
  assert.equal(done2.status, 0, done2.stderr);
  const answer = JSON.parse(done2.stdout.trim().split('\n').at(-1) ?? '');
  assert.deepEqual(
    answer.out,
    uris.map(() => [done.run_id, [1, 0, 0]]),
  );
  assert.deepEqual(answer.params, { C: '1.0', __proto__: undefined, ...JSON.parse('{"__proto__":"x"}') });
  assert.deepEqual(
    [answer.status, answer.inputs, answer.files, answer.metrics],
    ['FINISHED', ['iris'], ['reports/summary.txt'], { val_acc: '0.9667', val_log_loss: 'nan' }],
  );
  assert.equal(answer.tags['mlctl.package_digest'], done.digest.package);
  assert.ok(!existsSync(join(world.cwd, 'mlruns', '1', 'meta.yaml')));
  // And a model that Python logged there is found here, with nothing to verify it by.
  const theirs = runPython(
    found.python,
    'import sys,logging\nlogging.disable(logging.CRITICAL)\nimport mlflow,onnx\nwith mlflow.start_run():\n    i=mlflow.onnx.log_model(onnx.load(sys.argv[1]),name="other",registered_model_name="theirs")\nprint(i.model_uri)',
    [join(done.path ?? '', 'model.onnx')],
    { cwd: world.cwd },
  );
  assert.equal(theirs.status, 0, theirs.stderr);
  for (const uri of ['models:/theirs/1', theirs.stdout.trim().split('\n').at(-1) ?? '']) {
    const loaded = await loadModel(world, { uri });
    assert.equal(loaded.verified, 'none');
    assert.equal(loaded.flavor, 'onnx');
  }
});

test('the model is the one that MODEL_URI names', async () => {
  const world = testWorld();
  const done = await logged(world);
  const other = testWorld({ env: { MODEL_URI: done.path ?? '' } });
  assert.equal((await loadModel(other, {})).digest.package, done.digest.package);
  assert.match(other.notes.join(), /from MODEL_URI/);
  assert.ok(!existsSync(join(other.cwd, 'mlflow.db')), 'a local folder opens no store');
  writeFileSync(join(other.cwd, 'x.onnx'), readFileSync(join(done.path ?? '', 'model.onnx')));
  await assert.rejects(loadModel(other, { uri: './x.onnx' }), code('MODEL_NOT_FOUND', /is a file/));
});
