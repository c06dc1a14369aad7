// Further real servers: MLflow 2.22.4 by the command line, MLflow with its own sign-in, MLflow that does not know the name it is asked by.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment, cliJson, runCli } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { BIN, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const LOADS = `
import sys, json, logging
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
mlflow.set_tracking_uri(sys.argv[1])
rows = pd.read_csv(sys.argv[2])
print(json.dumps([mlflow.pyfunc.load_model(uri).predict(rows)["label"].tolist() for uri in sys.argv[3:]]))
`;
const ROWS =
  'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n6.0,2.9,4.5,1.5\n';
const PASSWORD = 'c4nary-passw0rd';

interface Trained {
  model_uri: string;
  model_id: string | null;
  digest: { package: string };
}

test('MLflow 2.22.4: models are run artifacts; train, load, smoke, predict; both Pythons load them', async (t) => {
  const two = pythonOf('mlflow2');
  const three = pythonOf('mlflow');
  if ('skip' in two) return t.skip(two.skip);
  if ('skip' in three) return t.skip(three.skip);
  const folder = scratch();
  const server = await startMlflow(two.python, folder);
  t.after(() => server.stop());
  const options = {
    cwd: folder,
    env: { MLFLOW_TRACKING_URI: server.url, MLCTL_CACHE_DIR: join(folder, 'cache') },
    timeout: 300_000,
  };
  const trained = cliJson<Trained>(
    ['train', '--register=iris_clf', '--stage', 'Staging', '--alias', 'champion'],
    options,
  );
  assert.equal(trained.model_id, null);
  const uris = [
    trained.model_uri,
    'models:/iris_clf/1',
    'models:/iris_clf/Staging',
    'models:/iris_clf@champion',
    'models:/iris_clf/latest',
  ];
  const file = join(folder, 'rows.csv');
  writeFileSync(file, ROWS);
  for (const uri of uris) {
    const loaded = cliJson<Trained & { verified: string }>(['load', uri], options);
    assert.equal(loaded.digest.package, trained.digest.package);
    assert.equal(loaded.verified, uri.startsWith('models:') ? 'registry' : 'run');
  }
  assert.equal(runCli(['smoke', 'models:/iris_clf@champion'], options).code, 0);
  const predicted = runCli(['predict', 'models:/iris_clf/1', '-i', file, '--output-format', 'csv'], options);
  assert.match(predicted.stdout, /^label,.*\n0,.*\n2,.*\n1,/, predicted.stderr);
  // The registry's commands, as on a server of today.
  assert.equal(runCli(['train', '--register=iris_clf'], options).code, 0);
  assert.equal(runCli(['promote', 'iris_clf/2', '--alias', 'champion', '--if-current', '1'], options).code, 0);
  assert.equal(runCli(['promote', 'iris_clf/1', '--alias', 'champion', '--if-current', '1'], options).code, 1);
  const back = cliJson<{ version: number; previous_version: number }>(
    ['rollback', 'iris_clf', '--alias', 'champion'],
    options,
  );
  assert.deepEqual([back.version, back.previous_version], [1, 2]);
  const { moves } = cliJson<{ moves: { action: string; from_version: number | null; to_version: number }[] }>(
    ['history', 'iris_clf', '--alias', 'champion'],
    options,
  );
  assert.deepEqual(
    moves.map((move) => [move.action, move.from_version, move.to_version]),
    [
      ['rollback', 2, 1],
      ['promote', 1, 2],
      ['register', null, 1],
    ],
  );
  const examined = runCli(['doctor', '--json'], options);
  assert.equal(examined.code, 0, examined.stdout);
  const checks = JSON.parse(examined.stdout).checks as { name: string; message: string }[];
  assert.match(checks.find(({ name }) => name === 'store')?.message ?? '', /MLflow 2\.22\.4 .*models as run artifacts/);
  assert.match(checks.find(({ name }) => name === 'artifacts')?.message ?? '', /large files are sent in one piece/);
  for (const { python } of [two, three]) {
    const done = runPython(python, LOADS, [server.url, file, ...uris], { cwd: folder });
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(JSON.parse(done.stdout.trim().split('\n').at(-1) ?? ''), Array(uris.length).fill([0, 2, 1]));
  }
});

const METRICS = `
import sys, json, mlflow
mlflow.set_tracking_uri(sys.argv[1])
print(json.dumps({key: str(value) for key, value in mlflow.get_run(sys.argv[2]).data.metrics.items()}))
`;

test('metrics that are no numbers: as words in every document, as themselves in Python', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  const server = await startMlflow(found.python, folder);
  t.after(() => server.stop());
  const options = { cwd: folder, env: { MLFLOW_TRACKING_URI: server.url, MLCTL_CACHE_DIR: join(folder, 'cache') } };
  assert.equal(runCli(['train', '--no-log', '--out', 'package'], options).code, 0);
  const odd = ['--metric', 'a=NaN', '--metric', 'b=Infinity', '--metric', 'c=-Infinity', '--metric', 'd=0.1'];
  const logged = cliJson<{ run_id: string; metrics: object }>(['log', 'package', ...odd], options);
  assert.deepEqual(logged.metrics, { a: 'NaN', b: 'Infinity', c: '-Infinity', d: 0.1 });
  const listed = runCli(['runs', '--json'], options);
  assert.equal(JSON.parse(listed.stdout).runs[0].metrics.a, 'NaN');
  const python = runPython(found.python, METRICS, [server.url, logged.run_id], { cwd: folder });
  const { a, b, c, d } = JSON.parse(python.stdout.trim().split('\n').at(-1) ?? '{}');
  // MLflow's SQL stores keep the largest double for infinity.
  assert.deepEqual([a, d], ['nan', '0.1'], python.stderr);
  assert.deepEqual([Number(b), Number(c)], [Number.MAX_VALUE, -Number.MAX_VALUE]);
});

test('MLflow that knows itself by another name: 403 is explained; eight processes fill one cache', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  const server = await startMlflow(found.python, folder, {
    env: { MLFLOW_SERVER_ALLOWED_HOSTS: '127.0.0.1:*' },
  });
  t.after(() => server.stop());
  const cache = join(folder, 'cache');
  const env = { MLFLOW_TRACKING_URI: server.url, MLCTL_CACHE_DIR: cache };
  const other = server.url.replace('127.0.0.1', 'localhost');
  const refused = runCli(['runs', '--json', '--tracking-uri', other], { cwd: folder });
  assert.equal(refused.code, 6, refused.stdout);
  const { error } = JSON.parse(refused.stdout);
  assert.equal(error.code, 'HOST_HEADER_REFUSED');
  assert.match(error.hint, /MLFLOW_SERVER_ALLOWED_HOSTS .*localhost:\d+/);

  const trained = cliJson<Trained>(['train', '--register=iris_clf'], { cwd: folder, env, timeout: 300_000 });
  const codes = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const child = spawn(process.execPath, [BIN, 'load', 'models:/iris_clf/1', '--json'], {
        cwd: folder,
        env: cleanEnvironment(env),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let out = '';
      child.stdout.on('data', (chunk) => (out += chunk));
      const [code] = await once(child, 'close');
      return [code, JSON.parse(out).digest.package];
    }),
  );
  assert.deepEqual(codes, Array(8).fill([0, trained.digest.package]));
  assert.deepEqual(
    [readdirSync(join(cache, 'packages')), readdirSync(join(cache, 'fetching'))],
    [[trained.digest.package.slice('sha256:'.length)], []],
  );
});

test("MLflow's own sign-in: by environment, file and address; refused without, and no password in any word", async (t) => {
  const found = pythonOf('stack');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  writeFileSync(
    join(folder, 'auth.ini'),
    `[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///${folder}/auth.db\nadmin_username = admin\nadmin_password = ${PASSWORD}\n`,
  );
  const server = await startMlflow(found.python, folder, {
    args: ['--artifacts-destination', join(folder, 'art'), '--app-name', 'basic-auth'],
    env: { MLFLOW_AUTH_CONFIG_PATH: join(folder, 'auth.ini'), MLFLOW_FLASK_SERVER_SECRET_KEY: 'k' },
  });
  t.after(() => server.stop());
  const home = join(folder, 'home');
  mkdirSync(join(home, '.mlflow'), { recursive: true });
  writeFileSync(
    join(home, '.mlflow', 'credentials'),
    `[mlflow]\nmlflow_tracking_username = admin\nmlflow_tracking_password = ${PASSWORD}\n`,
  );
  const run = (env: Record<string, string>, uri = server.url) =>
    // Nothing by the environment but what is said here.
    runCli(['runs', '--json'], {
      cwd: folder,
      env: { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_PASSWORD: '', ...env },
    });
  const good = { MLFLOW_TRACKING_USERNAME: 'admin', MLFLOW_TRACKING_PASSWORD: PASSWORD };
  for (const [env, uri] of [
    [good, server.url],
    [{ HOME: home }, server.url],
    [{}, server.url.replace('//', `//admin:${PASSWORD}@`)],
  ] as const) {
    const done = run(env, uri);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.ok(!`${done.stdout}${done.stderr}`.includes(PASSWORD));
  }
  for (const env of [{}, { MLFLOW_TRACKING_TOKEN: PASSWORD }, { ...good, MLFLOW_TRACKING_PASSWORD: `${PASSWORD}x` }]) {
    const done = run(env);
    assert.equal(done.code, 4, done.stdout);
    assert.equal(JSON.parse(done.stdout).error.code, 'UNAUTHENTICATED');
    assert.ok(!`${done.stdout}${done.stderr}`.includes(PASSWORD));
  }
  const trained = runCli(['train', '--register=iris_clf', '--json'], {
    cwd: folder,
    env: { MLFLOW_TRACKING_URI: server.url, ...good },
    timeout: 300_000,
  });
  assert.equal(trained.code, 0, trained.stdout + trained.stderr);
  assert.ok(!`${trained.stdout}${trained.stderr}`.includes(PASSWORD));
});
