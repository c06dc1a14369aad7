// doctor without a network: the file of the store, the registry in it, the settings and the sign-in, each in every state.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Check, passed } from '../../../src/checks/check.js';
import { withinDeadline } from '../../../src/checks/doctor/deadline.js';
import { failed, hintOf, knownError } from '../../../src/checks/doctor/failed.js';
import { judgeNode } from '../../../src/checks/doctor/node.js';
import { judgeRegistry } from '../../../src/checks/doctor/registry.js';
import { doctorSettings } from '../../../src/checks/doctor/settings.js';
import { CREDENTIALS, judgeSignIn, storedSignIn } from '../../../src/checks/doctor/sign-in.js';
import { judgeFile, storeFile } from '../../../src/checks/doctor/store.js';
import { MlctlError } from '../../../src/errors/error.js';
import { logModel } from '../../../src/runs/log-model.js';
import { lazyStores } from '../../../src/session/stores.js';
import { scratch } from '../../support/paths.js';
import { irisLikePlan } from '../../support/plans.js';
import { type TestWorld, testWorld } from '../../support/worlds.js';

async function inDatabase(file: string, sql: string): Promise<void> {
  const { default: Database } = await import('libsql');
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

/** A store with so many versions of the model m. */
async function storeWith(versions: number) {
  const world = testWorld();
  const stores = lazyStores(world, {});
  for (let n = 0; n < versions; n++) await logModel(world, stores, {}, irisLikePlan({ register: { name: 'm' } }));
  return { world, stores, file: join(world.cwd, 'mlflow.db') };
}

test('the file of the store: every verdict with its words and the next thing to type', async () => {
  const { world, stores, file } = await storeWith(1);
  await stores.close();
  const good = await judgeFile(world, file);
  assert.equal(good.status, 'pass');
  assert.match(good.message, /mlflow\.db: 1 run, 1 model, 1 version; a change was written and taken back$/);
  assert.deepEqual(good.details?.['counts'], { runs: 1, logged_models: 1, model_versions: 1 });
  const folder = scratch();
  const state = async (name: string, make: (path: string) => Promise<void> | void): Promise<Check> => {
    const path = join(folder, name);
    await make(path);
    return judgeFile(world, path);
  };
  const copyOf = async (path: string, sql: string) => {
    const { copyFileSync } = await import('node:fs');
    copyFileSync(file, path);
    await inDatabase(path, sql);
  };
  const cases: [string, (path: string) => Promise<void> | void, Check['status'], RegExp, RegExp | null][] = [
    ['missing', () => {}, 'skip', /does not exist yet; the first run creates it/, null],
    ['empty', (path) => writeFileSync(path, ''), 'skip', /is empty; the first run fills it/, null],
    [
      'foreign',
      (path) => inDatabase(path, 'create table t (x)'),
      'fail',
      /is not an MLflow database/,
      /name another file in MLFLOW_TRACKING_URI/,
    ],
    [
      'programmed',
      (path) => copyOf(path, 'create view v as select 1'),
      'fail',
      /has triggers or views/,
      /ask who made the file/,
    ],
    [
      'unknown',
      (path) => copyOf(path, "update alembic_version set version_num = 'ffffffffffff'"),
      'fail',
      /has the revision ffffffffffff, which mlctl does not know/,
      /use a newer mlctl/,
    ],
    [
      'half migrated',
      (path) => copyOf(path, 'create table _alembic_tmp_runs (x)'),
      'fail',
      /: a migration was interrupted at revision [0-9a-f]+$/,
      /^mlctl doctor --repair$/,
    ],
    [
      'damaged',
      (path) => writeFileSync(path, `SQLite format 3\0${'x'.repeat(5000)}`, 'latin1'),
      'fail',
      /is damaged: /,
      /mlctl doctor --repair; the damaged file is kept/,
    ],
  ];
  for (const [name, make, status, message, hint] of cases) {
    const check = await state(name, make);
    assert.equal(check.status, status, `${name}: ${check.message}`);
    assert.match(check.message, message);
    if (hint === null) assert.equal(check.hint, undefined);
    else assert.match(check.hint ?? '', hint);
  }
  const many = await storeWith(2);
  await many.stores.close();
  assert.match((await judgeFile(many.world, many.file)).message, /2 runs, 2 models, 2 versions; /);
});

test('where the store is: the flag, else the variable, else mlflow.db here; no file at a server', () => {
  const at = (trackingUri?: string, variable?: string) => {
    const world = testWorld({ cwd: '/work', env: variable === undefined ? {} : { MLFLOW_TRACKING_URI: variable } });
    return storeFile(world, trackingUri === undefined ? {} : { trackingUri });
  };
  assert.equal(at(), '/work/mlflow.db');
  assert.equal(at(undefined, ''), '/work/mlflow.db');
  assert.equal(at(undefined, 'sqlite:///a.db'), '/work/a.db');
  assert.equal(at('sqlite:////tmp/b.db', 'sqlite:///a.db'), '/tmp/b.db');
  assert.equal(at('sqlite+pysqlite:///c.db'), '/work/c.db');
  assert.equal(at('http://host'), null);
  assert.equal(at(undefined, 'https://host'), null);
});

test('the registry: what is in use, and what is wrong with it', async () => {
  const { world, stores, file } = await storeWith(2);
  const registry = await stores.registry();
  const told = async () => {
    const check = await judgeRegistry(world, stores);
    return { ...check, kinds: ((check.details?.['findings'] ?? []) as { kind: string }[]).map(({ kind }) => kind) };
  };
  const none = await told();
  assert.equal(none.status, 'pass');
  assert.match(none.message, /: 1 registered model, 0 versions in use$/);
  assert.deepEqual(
    [none.details?.['complete'], none.details?.['by_stage'], none.details?.['more_findings']],
    [true, 0, 0],
  );
  await registry.setAlias('m', 'champion', 1);
  const outside = await told();
  assert.deepEqual([outside.status, outside.kinds], ['warn', ['unrecorded_move']]);
  assert.match(outside.message, /1 version in use; alias champion of "m" was moved to version 1 by a client/);
  assert.match(outside.hint ?? '', /^mlctl history m; move it with mlctl promote/);
  await registry.transitionStage({ name: 'm', version: 2, stage: 'Staging', archiveExisting: false });
  const staged = await told();
  assert.match(staged.message, /2 versions in use, 1 by stage .*\(and 1 more\)$/);
  assert.match(staged.hint ?? '', /; mlctl doctor --json shows the others$/);
  // An archived version is not in use.
  await registry.transitionStage({ name: 'm', version: 2, stage: 'Archived', archiveExisting: false });
  assert.equal((await told()).details?.['versions_in_use'], 1);
  await registry.setAlias('m', 'Best', 2);
  await stores.close();
  await inDatabase(
    file,
    `pragma foreign_keys = off;
     delete from model_version_tags where key = 'mlctl.package_digest' and version = 1;
     update runs set lifecycle_stage = 'deleted';
     update model_versions set run_id = '${'1'.repeat(32)}' where version = 2`,
  );
  const again = lazyStores(world, {});
  const found = await judgeRegistry(world, again);
  const findings = found.details?.['findings'] as { kind: string; message: string; hint: string }[];
  const of = (kind: string) => findings.filter((one) => one.kind === kind);
  assert.match(of('alias_case')[0]?.hint ?? '', /mlctl promote m\/2 --alias best$/);
  assert.equal(of('alias_case').length, 1);
  assert.deepEqual(
    of('run_gone')
      .map(({ message, hint }) => `${message} | ${hint}`.replace(/[0-9a-f]{32}/, 'ID'))
      .sort(),
    [
      'the run of "m" version 1 (alias champion) is deleted: its data, code and parameters are unknown | mlflow runs restore --run-id ID',
      'the run of "m" version 2 (alias Best) is gone: its data, code and parameters are unknown | log the model again; run ID is lost',
    ],
  );
  assert.match(of('no_digest')[0]?.hint ?? '', /mlctl register models:\/m\/1 --name m$/);
  assert.equal(of('no_digest').length, 1);
  assert.equal(of('unrecorded_move').length, 2);
  await again.close();
});

test('the settings: a flag over the environment over the credentials file over the default; no secret', () => {
  const world = testWorld({
    env: { MLFLOW_TRACKING_URI: 'http://env', MLFLOW_TRACKING_TOKEN: 's3cret', MLCTL_TIMEOUT: '7', HOME: '/h' },
  });
  const stored = { username: 'ada', password: 'hunter2' };
  const rows = new Map(
    doctorSettings(
      world,
      {
        trackingUri: 'http://flag',
        experiment: 'e',
        timeoutSeconds: 5,
        mode: 'mlflow',
        offline: true,
        origins: new Map([['MLFLOW_TRACKING_TOKEN', 'mlctl.toml']]),
      },
      stored,
    ).map((row) => [row.name, row]),
  );
  const row = (name: string) => {
    const { value, set, source } = rows.get(name) ?? assert.fail(name);
    return [value, set, source];
  };
  assert.deepEqual(row('MLFLOW_TRACKING_URI'), ['http://flag', true, '--tracking-uri']);
  assert.deepEqual(row('MLFLOW_EXPERIMENT_NAME'), ['e', true, '--experiment']);
  assert.deepEqual(row('MLCTL_TIMEOUT'), ['5', true, '--timeout']);
  assert.deepEqual(row('MLCTL_SCHEMA'), ['mlflow', true, '--schema']);
  assert.deepEqual(row('MLCTL_OFFLINE').slice(1), [true, '--offline']);
  assert.deepEqual(row('MLFLOW_TRACKING_TOKEN'), [null, true, 'mlctl.toml']);
  assert.deepEqual(row('MLFLOW_TRACKING_USERNAME').slice(1), [true, CREDENTIALS]);
  assert.deepEqual(row('MLFLOW_TRACKING_PASSWORD'), [null, true, CREDENTIALS]);
  assert.deepEqual(row('MLFLOW_REGISTRY_URI').slice(1), [false, 'default']);
  assert.equal(rows.has('HOME'), false);
  assert.equal(JSON.stringify([...rows]).match(/s3cret|hunter2/), null);
  const plain = doctorSettings(world, { registryUri: 'sqlite:///r.db' }, { username: null, password: null });
  const of = (name: string) => plain.find((one) => one.name === name);
  assert.deepEqual([of('MLCTL_TIMEOUT')?.value, of('MLCTL_TIMEOUT')?.source], ['7', 'environment']);
  assert.equal(of('MLFLOW_REGISTRY_URI')?.source, '--registry-uri');
  assert.equal(of('MLFLOW_TRACKING_PASSWORD'), undefined);
  assert.equal(of('MLCTL_OFFLINE'), undefined);
});

test('the sign-in: how, from where, and what is missing or unsafe', async () => {
  const home = scratch();
  mkdirSync(join(home, '.mlflow'));
  const credentials = (text: string) => writeFileSync(join(home, '.mlflow', 'credentials'), text);
  const judge = async (uri: string, env: Record<string, string> = {}) => {
    const check = await judgeSignIn(testWorld({ env: { HOME: home, ...env } }), uri);
    return check === null ? null : `${check.status}: ${check.message}${check.hint ? ` | ${check.hint}` : ''}`;
  };
  credentials('');
  assert.equal(await judge('sqlite:///x.db'), null);
  assert.equal(await judge('http://['), 'skip: the address of the server cannot be read');
  assert.equal(await judge('https://host'), 'pass: no user name, password or token is sent');
  assert.equal(await judge('HTTPS://u:p@host'), 'pass: Basic as u, from the address');
  assert.match(
    (await judge('https://sometoken@host')) ?? '',
    /only the user name is set \(the address\), not the password \| export MLFLOW_TRACKING_PASSWORD=…, or write mlflow_tracking_password = /,
  );
  const token = { MLFLOW_TRACKING_TOKEN: 't0ken' };
  assert.equal(await judge('https://host', token), 'pass: Bearer, from MLFLOW_TRACKING_TOKEN');
  assert.equal(await judge('http://localhost:5000', token), 'pass: Bearer, from MLFLOW_TRACKING_TOKEN');
  assert.match((await judge('http://host', token)) ?? '', /^warn: Bearer.*plain http.* \| put a proxy with TLS/);
  assert.equal(await judge('http://host'), 'pass: no user name, password or token is sent');
  const insecure = { MLFLOW_TRACKING_INSECURE_TLS: 'true' };
  assert.match(
    (await judge('https://host', insecure)) ?? '',
    /^warn: .*certificate is not checked \| set MLFLOW_TRACKING_SERVER/,
  );
  assert.match((await judge('http://host', insecure)) ?? '', /^pass/);
  assert.match(
    (await judge('https://host', { MLFLOW_TRACKING_PASSWORD: 'p' })) ?? '',
    /only the password is set \(MLFLOW_TRACKING_PASSWORD\), not the user name \| export MLFLOW_TRACKING_USERNAME=…, or write mlflow_tracking_username/,
  );
  credentials('[mlflow]\nmlflow_tracking_username = ada\nmlflow_tracking_password = hunter2\n');
  const world = testWorld({ env: { HOME: home } });
  assert.deepEqual(await storedSignIn(world, [undefined, 'https://host']), { username: 'ada', password: 'hunter2' });
  assert.deepEqual(await storedSignIn(world, ['sqlite:///x.db', undefined]), { username: null, password: null });
  credentials('[mlflow\nx');
  assert.deepEqual(await storedSignIn(world, ['https://host']), { username: null, password: null });
});

test('Node, and what is made of an error', (t) => {
  assert.equal(judgeNode().status, 'pass');
  const versions = (node: string) => ({ ...process.versions, node });
  for (const [node, status] of [
    ['20.18.1', 'pass'],
    ['20.18.0', 'fail'],
    ['20.17.9', 'fail'],
    ['18.99.99', 'fail'],
    ['22.0.0', 'pass'],
    ['20.100.0', 'pass'],
  ] as const) {
    const before = Object.getOwnPropertyDescriptor(process, 'versions')!;
    Object.defineProperty(process, 'versions', { ...before, value: versions(node) });
    t.after(() => Object.defineProperty(process, 'versions', before));
    const check = judgeNode();
    Object.defineProperty(process, 'versions', before);
    assert.equal(check.status, status, node);
    assert.equal(check.exit, status === 'fail' ? 2 : undefined);
  }
  const hint = (text?: string) => hintOf(new MlctlError('BUG', 'x', text === undefined ? {} : { hint: text }));
  assert.equal(hint('look; or try: `mlctl doctor`'), 'look');
  assert.equal(hint('try mlctl doctor'), undefined);
  assert.equal(hint(), undefined);
  const bug = new TypeError('x');
  assert.throws(() => knownError(bug), bug);
  const full = failed(Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' }), { at: 1 });
  assert.deepEqual([full.status, full.details?.['at'], full.details?.['code']], ['fail', 1, full.error]);
  assert.ok(!('hint' in failed(new MlctlError('BUG', 'x'))));
});

test('a check that hangs fails at the deadline and says for what it waited; one that is done stays as it is', async () => {
  const deadline = (timeoutSeconds: number) => new MlctlError('DEADLINE_PASSED', 'late', { state: { timeoutSeconds } });
  const hanging = (world: TestWorld) =>
    withinDeadline(
      world,
      () => 'the answer',
      () => new Promise<Check>(() => {}),
    );
  const world = testWorld();
  const waiting = hanging(world);
  world.stop(deadline(20));
  const late = await waiting;
  assert.deepEqual([late.status, late.error, late.exit], ['fail', 'DEADLINE_PASSED', 6]);
  assert.equal(late.message, 'the answer: no answer within 20 s');
  assert.match(late.hint ?? '', /^mlctl doctor --timeout 80;/);
  assert.deepEqual(await hanging(world), { status: 'skip', message: 'not tried because the deadline had passed' });
  const short = testWorld();
  const soon = hanging(short);
  short.stop(deadline(1));
  assert.match((await soon).hint ?? '', /--timeout 60;/);
  const done = testWorld();
  const answered = withinDeadline(
    done,
    () => '',
    async () => {
      done.stop(deadline(1));
      return passed('fine');
    },
  );
  assert.deepEqual(await answered, passed('fine'));
  const cut = testWorld();
  const stepped = await withinDeadline(
    cut,
    () => 'unused',
    async () => {
      cut.stop(deadline(1));
      return { ...failed(deadline(1)), message: 'put failed', step: 'put' };
    },
  );
  assert.deepEqual([stepped.message, stepped.details?.['code']], ['put failed', 'DEADLINE_PASSED']);
  const interrupted = testWorld();
  const stopped = withinDeadline(
    interrupted,
    () => '',
    async () => {
      interrupted.stop(new MlctlError('INTERRUPTED', 'Ctrl-C'));
      return passed('fine');
    },
  );
  await assert.rejects(stopped, { code: 'INTERRUPTED' });
});
