// The embedded store: the contract, and what only a file shared by processes has to prove.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { openRegistry, openTracking } from '../../src/tracking/open.js';
import { Connection } from '../../src/tracking/sqlite/connection.js';
import { Sqlite } from '../../src/tracking/sqlite/driver.js';
import { backupPath } from '../../src/tracking/sqlite/file/backup.js';
import { diagnoseStore } from '../../src/tracking/sqlite/file/diagnose.js';
import { repairStore } from '../../src/tracking/sqlite/file/repair-store.js';
import { modelRegistryContract } from '../contracts/model-registry.js';
import { trackingStoreContract } from '../contracts/tracking-store.js';
import { ROOT, scratch } from '../support/paths.js';
import { logOneRun, register, testWorld } from './test-world.js';

const openHere = () => openTracking(testWorld(scratch()));
trackingStoreContract('sqlite', openHere);
modelRegistryContract('sqlite', openHere);

const rejects = (work: Promise<unknown>, code: string) =>
  assert.rejects(work, (error) => error instanceof MlctlError && error.code === code);

async function sql(path: string, work: (sqlite: Sqlite) => void): Promise<void> {
  const sqlite = await Sqlite.open(path);
  try {
    work(sqlite);
  } finally {
    sqlite.close();
  }
}

/** Runs a program with the store open at `folder`; resolves with its exit code. */
function node(folder: string, program: string, ...args: string[]) {
  const text = `
    import { openTracking } from '${ROOT}/build/src/tracking/open.js';
    import { logOneRun, register, testWorld } from '${ROOT}/build/test/tracking/test-world.js';
    const [folder, ...args] = process.argv.slice(1);
    const store = await openTracking(testWorld(folder));
    ${program}`;
  return spawn(process.execPath, ['--input-type=module', '-e', text, folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
const ended = (child: ReturnType<typeof node>) => new Promise<number | null>((resolve) => child.on('exit', resolve));

describe('opening', () => {
  test('the default is ./mlflow.db, at the schema of MLflow 3.0', async () => {
    const folder = scratch();
    const store = await openTracking(testWorld(folder));
    assert.equal((await store.getExperiment('0'))?.name, 'Default');
    assert.equal((await store.getExperiment('0'))?.artifactLocation, join(folder, 'mlruns', '0'));
    await store.close();
    assert.deepEqual(readdirSync(folder), ['mlflow.db'], 'reading leaves no copy and no other file');
  });

  test('a sqlite URI is read as SQLAlchemy reads it', async () => {
    const folder = scratch();
    for (const [uri, path] of [
      ['sqlite:///rel.db', join(folder, 'rel.db')],
      [`sqlite:///${join(folder, 'abs.db')}`, join(folder, 'abs.db')],
      ['sqlite:///p ü#x.db', join(folder, 'p ü#x.db')],
      ['sqlite+pysqlite:///q.db?timeout=3', join(folder, 'q.db')],
    ] as const) {
      await (await openTracking(testWorld(folder, { MLFLOW_TRACKING_URI: uri }))).close();
      assert.ok(existsSync(path), path);
    }
  });

  test('an error says why a store cannot be opened', async () => {
    const folder = scratch();
    const open = (uri: string) => openTracking(testWorld(folder), { trackingUri: uri });
    for (const uri of [
      'sqlite://',
      'sqlite:///:memory:',
      'postgresql://u:secret@h/db',
      './mlruns',
      'file:///x',
      'sqlite:///x.db?mode=ro',
    ])
      await rejects(open(uri), 'STORE_UNSUPPORTED');
    await assert.rejects(
      open('postgresql://u:secret@h/db'),
      (error: Error) => !JSON.stringify([error.message, error]).includes('secret'),
    );
    await rejects(open('sqlite:///a%41/x.db'), 'STORE_PATH_UNSUPPORTED');
    await rejects(open('sqlite:///missing/x.db'), 'STORE_FILE_FAILED');
    writeFileSync(
      join(folder, 'text.db'),
      'this is no database at all, only a text that is long enough to be looked at',
    );
    await rejects(open('sqlite:///text.db'), 'STORE_DAMAGED');
    await sql(join(folder, 'other.db'), (s) => s.exec('CREATE TABLE mine (a)'));
    await rejects(open('sqlite:///other.db'), 'STORE_UNSUPPORTED');
    mkdirSync(join(folder, 'mlruns', '0'), { recursive: true });
    writeFileSync(join(folder, 'mlruns', '0', 'meta.yaml'), 'name: Default');
    await rejects(openTracking(testWorld(folder)), 'FILE_STORE_FOUND');
  });

  test('an empty file becomes a store', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'mlflow.db'), '');
    const store = await openTracking(testWorld(folder));
    assert.equal((await store.getExperiment('0'))?.name, 'Default');
    await store.close();
  });

  test('an unknown revision is read and not written', async () => {
    const folder = scratch();
    const made = await openTracking(testWorld(folder));
    const { runId } = await logOneRun(made, 'before');
    await made.close();
    await sql(join(folder, 'mlflow.db'), (s) => s.run('UPDATE alembic_version SET version_num = ?', 'ffffffffffff'));
    const store = await openTracking(testWorld(folder));
    assert.equal((await store.getRun(runId))?.runName, 'before');
    await assert.rejects(
      store.ensureExperiment('new'),
      (error: MlctlError) => error.code === 'STORE_REVISION_UNKNOWN' && /mlflow db upgrade/.test(error.hint ?? ''),
    );
    await store.close();
  });

  test('a registry of its own finds the logged models of the tracking store', async () => {
    const folder = scratch();
    const world = testWorld(folder, { MLFLOW_REGISTRY_URI: 'sqlite:///registry.db' });
    const tracking = await openTracking(world);
    const registry = await openRegistry(world, async () => tracking);
    assert.notEqual(registry, tracking);
    const logged = await logOneRun(tracking, 'a');
    const version = await register(registry, 'clf', logged);
    assert.equal(version.runId, logged.runId);
    assert.ok((await registry.getModelVersionLocation('clf', 1)).endsWith(`${logged.modelId}/artifacts`));
    assert.match((await tracking.getLoggedModel(logged.modelId))?.tags.get('mlflow.modelVersions') ?? '', /"clf"/);
    assert.equal(await tracking.getRegisteredModel('clf'), null);
    assert.equal(await openRegistry(testWorld(folder), async () => tracking), tracking);
    await registry.close();
    await tracking.close();
  });
});

describe('values', () => {
  test('texts that SQLite would change are refused and nothing of the batch is written', async () => {
    const store = await openTracking(testWorld(scratch()));
    const { runId } = await logOneRun(store, 'a');
    for (const bad of ['a\0b', 'half \ud800 a pair'])
      await rejects(
        store.logBatch(runId, {
          tags: new Map([
            ['good', 'x'],
            ['bad', bad],
          ]),
        }),
        'VALUE_UNSTORABLE',
      );
    assert.equal((await store.getRun(runId))?.tags.has('good'), false);
    await rejects(
      store.logBatch(runId, {
        params: new Map([
          ['new', 'x'],
          ['C', 'other'],
        ]),
      }),
      'PARAM_CONFLICT',
    );
    assert.equal((await store.getRun(runId))?.params.has('new'), false);
    await store.close();
  });

  test('deleted models and versions are not found, and a deleted run says so', async () => {
    const folder = scratch();
    const store = await openTracking(testWorld(folder));
    const logged = await logOneRun(store, 'a');
    await register(store, 'clf', logged);
    await sql(join(folder, 'mlflow.db'), (s) => {
      s.run("UPDATE runs SET lifecycle_stage = 'deleted'");
      s.run("UPDATE logged_models SET lifecycle_stage = 'deleted'");
      s.run("UPDATE model_versions SET current_stage = 'Deleted_Internal'");
    });
    assert.equal((await store.getRun(logged.runId))?.lifecycleStage, 'deleted');
    assert.equal(await store.getRun('0'.repeat(32)), null);
    assert.deepEqual((await store.searchRuns({ experimentIds: [logged.experimentId] })).items, []);
    assert.equal(await store.getLoggedModel(logged.modelId), null);
    assert.equal(await store.getModelVersion('clf', 1), null);
    assert.deepEqual(await store.getLatestVersions('clf'), []);
    await rejects(store.updateRun(logged.runId, { status: 'FAILED', endTime: 1 }), 'RUN_NOT_FOUND');
    await store.close();
  });
});

describe('writes together', () => {
  test('are kept as one: others see all of them once they are made, and nothing after an error', async () => {
    const folder = scratch();
    const [store, other] = [await openTracking(testWorld(folder)), await openTracking(testWorld(folder))];
    const { runId } = await logOneRun(store, 'a');
    const tags = async (at: typeof store) => {
      const run = await at.getRun(runId);
      return ['one', 'two'].map((key) => run?.tags.get(key));
    };
    const write = (failing: boolean) =>
      store.together(async (inside) => {
        const batch = (key: string) => ({ params: new Map(), metrics: [], tags: new Map([[key, 'x']]) });
        await inside.logBatch(runId, batch('one'));
        assert.equal((await inside.getRun(runId))?.tags.get('one'), 'x');
        if (failing) await inside.updateRun('0'.repeat(32), { status: 'FAILED', endTime: 1 });
        await inside.logBatch(runId, batch('two'));
        return 'done';
      });
    await rejects(write(true), 'RUN_NOT_FOUND');
    assert.deepEqual(await tags(store), [undefined, undefined]);
    assert.equal(await write(false), 'done');
    assert.deepEqual(
      [await tags(store), await tags(other)],
      [
        ['x', 'x'],
        ['x', 'x'],
      ],
    );
    const { counts } = await diagnoseStore(backupPath(join(folder, 'mlflow.db')), testWorld(folder));
    assert.equal(counts?.runs, 1, 'the copy has it before the store is closed');
    await store.close();
    await other.close();
  });
});

describe('the copy beside the file', () => {
  test('contains what was confirmed, and replaces a file that is destroyed', async () => {
    const folder = scratch();
    const path = join(folder, 'mlflow.db');
    const world = testWorld(folder);
    const store = await openTracking(world);
    const logged = await logOneRun(store, 'a');
    await register(store, 'clf', logged);
    const { counts } = await diagnoseStore(backupPath(path), world);
    assert.deepEqual(counts, { runs: 1, loggedModels: 1, modelVersions: 1 }, 'before the store is closed');
    await store.close();
    truncateSync(path, 20_000);
    assert.equal((await diagnoseStore(path, world)).verdict, 'damaged');
    const repair = await repairStore(path, world);
    assert.equal(repair.action, 'restored');
    assert.ok(repair.keptBeside && existsSync(repair.keptBeside));
    assert.equal(repair.after.verdict, 'ok');
    const again = await openTracking(world);
    assert.equal((await again.getRun(logged.runId))?.metrics.get('acc')?.value, 0.75);
    assert.equal((await again.getModelVersion('clf', 1))?.modelId, logged.modelId);
    await again.close();
    assert.deepEqual(world.warnings, []);
  });

  test('a file that is not damaged is not changed', async () => {
    const folder = scratch();
    await (await openTracking(testWorld(folder))).close();
    const repair = await repairStore(join(folder, 'mlflow.db'), testWorld(folder));
    assert.deepEqual([repair.action, repair.keptBeside], ['none', null]);
    assert.deepEqual(readdirSync(folder), ['mlflow.db']);
  });

  test('a file whose upgrade cannot be finished is set back to 3.0 with all its rows', async () => {
    const folder = scratch();
    const path = join(folder, 'mlflow.db');
    const store = await openTracking(testWorld(folder));
    const logged = await logOneRun(store, 'a');
    await register(store, 'clf', logged);
    await store.close();
    // A revision whose tables are not there; one of ours has moved on already, and one lives only as Alembic's copy.
    await sql(path, (s) => {
      s.run('UPDATE alembic_version SET version_num = ?', '5d2d30f0abce');
      s.exec("ALTER TABLE experiments ADD COLUMN workspace VARCHAR(63) DEFAULT 'default' NOT NULL");
      s.exec(
        'PRAGMA foreign_keys = OFF; CREATE TABLE _alembic_tmp_params AS SELECT * FROM params; DROP TABLE params; CREATE TABLE webhooks (id TEXT)',
      );
    });
    await rejects(openTracking(testWorld(folder)), 'STORE_HALF_MIGRATED');
    const repair = await repairStore(path, testWorld(folder));
    assert.equal(repair.action, 'rewound', repair.remarks.join('; '));
    assert.deepEqual([...repair.dropped].sort(), ['experiments.workspace', 'webhooks']);
    assert.deepEqual(
      [repair.after.verdict, repair.after.revision, repair.after.counts?.modelVersions],
      ['ok', '6953534de441', 1],
    );
    const again = await openTracking(testWorld(folder));
    const run = await again.getRun(logged.runId);
    assert.equal(run?.params.get('solver'), 'lbfgs');
    assert.equal(run?.metrics.size, 5);
    assert.equal(run?.datasets.length, 1);
    await logOneRun(again, 'b');
    await again.close();
  });

  test('a leftover table with rows of its own is not dropped', async () => {
    const folder = scratch();
    const path = join(folder, 'mlflow.db');
    const store = await openTracking(testWorld(folder));
    await logOneRun(store, 'a');
    await store.close();
    await sql(path, (s) => {
      s.exec(
        "CREATE TABLE assessments (id TEXT); INSERT INTO assessments VALUES ('x'); CREATE TABLE _alembic_tmp_runs AS SELECT * FROM runs",
      );
      s.exec('INSERT INTO _alembic_tmp_runs SELECT * FROM runs');
    });
    await rejects(openTracking(testWorld(folder)), 'STORE_HALF_MIGRATED');
    const copy = join(folder, 'second.db');
    copyFileSync(path, copy);
    await rejects(repairStore(copy, testWorld(folder)), 'STORE_DAMAGED');
    const repair = await repairStore(path, testWorld(folder));
    assert.equal(repair.action, 'restored');
    assert.ok(
      repair.remarks.some((remark) => remark.includes('_alembic_tmp_runs')),
      repair.remarks.join('; '),
    );
  });
});

describe('several processes', () => {
  test('8 processes register 25 versions each: no gap, no duplicate; the copy has them all', {
    timeout: 120_000,
  }, async () => {
    const folder = scratch();
    const program = `
      const logged = await logOneRun(store, 'p' + args[0]);
      await store.ensureRegisteredModel('clf');
      for (let i = 0; i < 25; i++)
        await store.createModelVersion({ name: 'clf', source: 'models:/' + logged.modelId, modelId: logged.modelId, runId: null, tags: new Map(), requestId: args[0] + '-' + i });
      await store.close();`;
    const exits = await Promise.all(Array.from({ length: 8 }, (_, i) => ended(node(folder, program, String(i)))));
    assert.deepEqual(exits, Array(8).fill(0));
    const store = await openTracking(testWorld(folder));
    const found = await store.searchModelVersions({ filter: "name = 'clf'", orderBy: ['version_number ASC'] });
    assert.deepEqual(
      found.items.map((v) => v.version),
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
    assert.equal(new Set(found.items.map((v) => v.tags.get('mlctl.request_id'))).size, 200);
    await store.close();
    const { counts } = await diagnoseStore(backupPath(join(folder, 'mlflow.db')), testWorld(folder));
    assert.deepEqual(counts, { runs: 8, loggedModels: 8, modelVersions: 200 });
  });

  test('a writer killed inside a transaction leaves nothing of it', { timeout: 120_000 }, async () => {
    const folder = scratch();
    const path = join(folder, 'mlflow.db');
    await (await openTracking(testWorld(folder))).close();
    // A cache of one page makes SQLite write into the file before the commit, so that a hot journal is left.
    const program = `
      import { readFileSync } from 'node:fs';
      import { Sqlite } from '${ROOT}/build/src/tracking/sqlite/driver.js';
      const [path] = process.argv.slice(1);
      const s = await Sqlite.open(path);
      s.exec('PRAGMA cache_size = 1; BEGIN IMMEDIATE');
      const put = (i) => s.run("INSERT INTO runs (run_uuid, name, status, lifecycle_stage, artifact_uri, experiment_id) VALUES (?, 'x', 'RUNNING', 'active', ?, 0)", 'killed' + i, 'a'.repeat(2000));
      for (let i = 0; i < 50; i++) put(i);
      process.stdout.write('inside');
      for (let i = 50; ; i++) put(i);`;
    let hot = 0;
    for (let i = 0; i < 30; i++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.on('exit', resolve));
      if (existsSync(`${path}-journal`)) hot += 1;
      if (i % 10 === 9) {
        const store = await openTracking(testWorld(folder));
        assert.deepEqual((await store.searchRuns({ experimentIds: ['0'] })).items, []);
        await store.close();
      }
    }
    assert.equal(hot, 30, 'the kill came inside the transaction');
    const store = await openTracking(testWorld(folder));
    await logOneRun(store, 'after');
    await store.close();
    const { verdict, counts } = await diagnoseStore(path, testWorld(folder));
    assert.equal(verdict, 'ok');
    assert.equal(counts?.runs, 1);
  });

  test('waiting for a lock leaves the event loop free and ends when told to', async () => {
    const folder = scratch();
    const store = await openTracking(testWorld(folder));
    const holder = await Sqlite.open(join(folder, 'mlflow.db'));
    holder.exec('BEGIN IMMEDIATE');
    const stop = new AbortController();
    const waiting = await Connection.open(join(folder, 'mlflow.db'), { signal: stop.signal });
    let ticks = 0;
    const timer = setInterval(() => {
      // The stop itself comes from the event loop.
      if (++ticks === 6) stop.abort(new MlctlError('INTERRUPTED', 'stopped'));
    }, 5);
    const done = waiting.write((s) => s.run('UPDATE experiments SET last_update_time = 1'));
    await rejects(done, 'INTERRUPTED');
    clearInterval(timer);
    holder.exec('ROLLBACK');
    // Aborted, yet a run can still be marked KILLED.
    assert.equal(await waiting.write((s) => s.run('UPDATE experiments SET last_update_time = 2')), 1);
    holder.close();
    await waiting.close();
    await store.close();
  });
});
