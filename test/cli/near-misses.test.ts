// A wrong word is answered with the right one: names of stages, aliases, commands, stores, files. No hint leads to what was put away.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { cliJson, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';

const cwd = scratch();
const at = (name: string) => join(cwd, name);

function refused(args: readonly string[], exit: number, folder = cwd, env: Record<string, string> = {}) {
  const done = runCli([...args, '--json'], { cwd: folder, env });
  assert.equal(done.code, exit, `${args.join(' ')}: ${done.stdout}${done.stderr}`);
  const { error } = JSON.parse(done.stdout) as { error: { message: string; hint: string | null } };
  return { message: error.message, hint: error.hint ?? '' };
}

before(() => {
  // Version 1 serves, version 2 was archived: it must not be offered.
  for (const args of [
    ['train', '--register', '--stage', 'Production', '--alias', 'champion'],
    ['train', '--register'],
    ['promote', 'iris_clf/2', '--stage', 'Archived', '--no-smoke'],
  ])
    assert.equal(runCli(args, { cwd }).code, 0, args.join(' '));
  writeFileSync(
    at('churn.csv'),
    `age,seats,churned\n${Array.from({ length: 60 }, (_, n) => `${20 + ((n * 7) % 40)},${n % 5},${n % 3 === 0 ? 'yes' : 'no'}`).join('\n')}\n`,
  );
});

test('stages and aliases: the near one, also of the other kind; never an archived version', () => {
  const cases: [string, RegExp][] = [
    ['models:/iris_clf/Prodution', /^did you mean models:\/iris_clf\/Production\?$/],
    ['models:/iris_clf@chamption', /^did you mean models:\/iris_clf@champion\?$/],
    ['models:/iris_clf/champion', /^did you mean models:\/iris_clf@champion\?$/],
    ['models:/iris_clf@production', /^did you mean models:\/iris_clf\/Production\?$/],
    ['models:/iris_clf/9', /^use models:\/iris_clf\/Production$/],
    [
      'models:/iris_clf@nobody',
      /^use models:\/iris_clf\/Production, or set it: mlctl promote iris_clf\/1 --alias nobody$/,
    ],
    ['models:/iris_clf/Staging', /^use models:\/iris_clf\/Production, or set it: .*iris_clf\/1 --stage Staging$/],
    ['models:/iris_clf', /mlctl models iris_clf lists/],
    ['iris_clf/1', /^did you mean models:\/iris_clf\/1\?/],
    ['iris_clf@champion', /^did you mean models:\/iris_clf@champion\?/],
    ['0123456789abcdef0123456789abcdef', /^did you mean runs:\/0123456789abcdef0123456789abcdef\/model\?/],
  ];
  for (const [uri, hint] of cases) {
    const found = refused(['load', uri], uri === 'models:/iris_clf' ? 2 : 3);
    assert.match(found.hint, hint, uri);
    assert.doesNotMatch(found.hint, /iris_clf\/2|latest/, uri);
  }
  assert.equal(refused(['promote', 'iris_clf/1', '--stage', 'Prod'], 2).hint, 'did you mean Production?');
});

test('commands of other tools, and misspelt ones', () => {
  const cases: [string[], RegExp][] = [
    [['ui'], /uvx mlflow ui/],
    [['list'], /mlctl runs.*mlctl models/],
    [['delete', 'x'], /mlflow runs delete/],
    [['help', 'trian'], /^did you mean train\?$/],
    [['trian'], /^did you mean train\?$/],
  ];
  for (const [args, hint] of cases) assert.match(refused(args, 2).hint, hint, args.join(' '));
});

test('tracking URIs that are nearly right', () => {
  const cases: [string, RegExp, RegExp][] = [
    ['localhost:5000', /has no scheme/, /^did you mean http:\/\/localhost:5000\?$/],
    ['127.0.0.1:5000', /has no scheme/, /http:\/\/127\.0\.0\.1:5000/],
    ['mlflow.example.org/path', /has no scheme/, /http:\/\/mlflow\.example\.org\/path/],
    ['mlflow:5000', /has no scheme/, /http:\/\/mlflow:5000/],
    ['"http://127.0.0.1:5000"', /quotation marks/, /remove them/],
    [' http://127.0.0.1:5000', /blank/, /remove the blank/],
    ['databricks', /Databricks/, /sqlite:\/\/\//],
    ['databricks://profile', /Databricks/, /sqlite:\/\/\//],
    ['mlflow.db', /path of a file/, /^write sqlite:\/\/\/mlflow\.db$/],
    ['./mlruns', /file store/, /migrate-filestore/],
    ['postgresql://u:pass-word-9@h/d', /of the kind "postgresql"/, /MLflow server/],
  ];
  for (const [uri, message, hint] of cases) {
    const found = refused(['runs'], 2, cwd, { MLFLOW_TRACKING_URI: uri });
    assert.match(found.message, message, uri);
    assert.match(found.hint, hint, uri);
    assert.doesNotMatch(JSON.stringify(found), /pass-word-9/);
  }
});

test('what only reads makes no store, says where it looked, and names the nearest one', () => {
  const empty = scratch();
  for (const args of [
    ['runs'],
    ['models'],
    ['load'],
    ['smoke', 'models:/iris_clf/1'],
    ['predict', 'models:/iris_clf/1', '-i', at('churn.csv')],
    ['history', 'iris_clf'],
    ['promote', 'iris_clf/1', '--alias', 'a'],
    ['rollback', 'iris_clf', '--alias', 'a'],
    ['register', 'models:/iris_clf/1', '--name', 'b'],
  ]) {
    assert.match(refused(args, 3, empty).message, /there is no store at \.\/mlflow\.db/, args[0]);
    assert.deepEqual(readdirSync(empty), [], args[0]);
  }
  assert.equal(runCli(['doctor'], { cwd: empty }).code, 0);
  assert.deepEqual(readdirSync(empty), []);

  mkdirSync(at('below'), { recursive: true });
  const below = refused(['runs'], 3, at('below'));
  assert.match(below.message, /the nearest is \.\.\/mlflow\.db/);
  assert.match(below.hint, /^cd \.\., or: export MLFLOW_TRACKING_URI=sqlite:\/\/\/.*\/mlflow\.db$/);
  const mistyped = refused(['runs', '--tracking-uri', 'sqlite:///mlfow.db'], 3);
  assert.match(mistyped.message, /there is no store at \.\/mlfow\.db; the nearest is \.\/mlflow\.db/);
  assert.ok(!existsSync(at('mlfow.db')));
});

test('train on other data takes its names from the file, and moves nobody else', () => {
  const args = ['train', '--data', 'churn.csv', '--target', 'churned'];
  const trained = cliJson<{ experiment: string; run_name: string; registered: { name: string } }>(
    [...args, '--register', '--alias', 'champion'],
    { cwd },
  );
  assert.deepEqual([trained.experiment, trained.run_name, trained.registered.name], ['churn', 'churn', 'churn']);
  const { resolved } = cliJson<{ resolved: { version: number } }>(['load', 'models:/iris_clf@champion'], { cwd });
  assert.equal(resolved.version, 1);
  const named = cliJson<{ registered: { name: string }; experiment: string }>(
    [...args, '--name', 'other', '--experiment', 'mine', '--set', 'run_name=r'],
    { cwd },
  );
  assert.deepEqual([named.registered.name, named.experiment], ['other', 'mine']);
  assert.match(refused(['train', 'churn.csv'], 2).hint, /mlctl train --data churn\.csv --target COLUMN/);
  assert.match(refused(['train', '.'], 2).message, /is a folder/);
});

test('filters and orders: the kind that was left out, and an example of the right sort', () => {
  assert.match(refused(['runs', '--filter', 'val_acc > 0.9'], 2).hint, /metrics\.val_acc/);
  assert.match(refused(['runs', '--filter', 'statsu = "x"'], 2).hint, /^did you mean status\?$/);
  assert.match(refused(['runs', '--order-by', 'val_acc DESC'], 2).hint, /metrics\.val_acc/);
  assert.match(refused(['runs', '--order-by', 'a b c'], 2).hint, /metrics\.val_acc DESC/);
  assert.match(refused(['models', '--filter', 'nam = 1'], 2).hint, /^did you mean name\?$/);
});
