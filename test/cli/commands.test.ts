// The commands as a person or a CI job meets them: the real program over an embedded store in a fresh folder.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';

type Json = Record<string, unknown>;

const cwd = scratch('mlctl-commands-');
const mlctl = (args: readonly string[], env: Record<string, string> = {}) => runCli(args, { cwd, env });
const json = (args: readonly string[], env: Record<string, string> = {}) => {
  const { stdout, code } = mlctl([...args, '--json'], env);
  return { document: JSON.parse(stdout) as Json, code };
};

function keysOf(value: unknown, skip: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, skip));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (skip.has(key) ? [key] : [key, ...keysOf(item, skip)]));
}
/** Keys below these are names of people, not of mlctl; signatures are MLflow's own JSON. */
const NAMES = new Set(['params', 'metrics', 'tags', 'aliases', 'signature', 'predictions', 'logged']);

let trained: Json;
before(() => {
  const { document, code } = json(['train', '--register', '--stage', 'Production', '--alias', 'champion']);
  assert.equal(code, 0, JSON.stringify(document));
  trained = document;
});

test('train answers with the keys of the contract', () => {
  assert.equal(trained.schema, 'mlctl.train/1');
  assert.equal(trained.ok, true);
  for (const key of [
    'run_id',
    'experiment',
    'experiment_id',
    'run_name',
    'model_uri',
    'model_id',
    'registered',
    'params',
    'metrics',
    'signature',
    'digest',
    'data',
    'tracking_uri',
    'path',
  ])
    assert.ok(key in trained, key);
  assert.deepEqual(trained.registered, { name: 'iris_clf', version: 1 });
});

test('load, smoke, runs, models, promote and doctor: one document each, keys in snake_case', () => {
  for (const args of [
    ['load', 'models:/iris_clf/Production'],
    ['smoke', 'models:/iris_clf@champion'],
    ['runs'],
    ['runs', String(trained.run_id)],
    ['models'],
    ['models', 'iris_clf'],
    ['promote', 'iris_clf/1', '--alias', 'again'],
    ['doctor'],
    ['train', '--dry-run'],
  ]) {
    const { document, code } = json(args);
    assert.equal(code, 0, args.join(' '));
    assert.deepEqual([document.schema, document.ok], [`mlctl.${args[0]}/1`, true]);
    for (const key of keysOf(document, NAMES)) assert.match(key, /^[a-z][a-z0-9_]*$/, `${args[0]}: ${key}`);
    // The words for people: an answer on stdout, and no trace of JSON.
    const plain = mlctl(args);
    assert.equal(plain.code, 0);
    assert.ok(plain.stdout.length > 0 && !plain.stdout.startsWith('{'), args.join(' '));
  }
});

test('what was taken without a URI is said on stderr, and not with --quiet', () => {
  const asked = mlctl(['load']);
  assert.match(asked.stderr, new RegExp(`runs:/${trained.run_id}/model`));
  assert.equal(mlctl(['load', '--quiet']).stderr, '');
});

test('--quiet leaves the verdict, the last line of what is printed without it', () => {
  for (const args of [['load'], ['smoke'], ['train', '--dry-run'], ['doctor']]) {
    const whole = mlctl(args).stdout.trimEnd().split('\n');
    const quiet = mlctl([...args, '--quiet']).stdout;
    const shown = quiet.replace(` for runs:/${trained.run_id}/model`, '').replace(/\d+ ms/, '');
    assert.equal(shown, `${whole.at(-1)!.replace(/\d+ ms/, '')}\n`, args.join(' '));
  }
});

test('--register takes a name where nothing else can be meant, and never a recipe', () => {
  writeFileSync(
    join(cwd, 'recipe.yaml'),
    'name: other\ndata: { source: iris, target: species }\npipeline:\n  - logistic_regression: {}\n',
  );
  for (const args of [
    ['--register', 'recipe.yaml'],
    ['--register=recipe.yaml'],
    ['--register', 'missing.yml'],
    ['--register', './x'],
    ['--register='],
  ]) {
    const { document, code } = json(['train', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.match(String((document.error as Json).hint), /--register/);
  }
  const registered = (args: readonly string[], env: Record<string, string> = {}) => {
    const { document } = json(['train', ...args], env);
    return (document.registered as { name: string } | null)?.name ?? null;
  };
  assert.equal(registered(['recipe.yaml', '--register']), 'other');
  assert.equal(registered(['recipe.yaml', '--register', 'named']), 'named');
  assert.equal(registered(['--register', 'spaced', 'recipe.yaml']), 'spaced');
  assert.equal(registered(['--register=equals']), 'equals');
  assert.equal(registered([], { REGISTER_MODEL: 'yes' }), 'iris_clf');
  assert.equal(registered([], { REGISTER_MODEL: '0' }), null);
  assert.equal(registered([]), null);
});

test('flags that contradict each other are refused', () => {
  for (const args of [
    ['train', '--no-log'],
    ['train', '--no-log', '--out', 'x', '--register'],
    ['train', '--stage', 'Production'],
    ['train', '--tag', 'novalue'],
    ['promote', 'iris_clf'],
    ['promote', 'iris_clf/first', '--stage', 'Production'],
    ['register', 'runs:/x/model'],
    ['runs', '--max', '0'],
    ['smoke', '--max-latency', 'fast'],
  ])
    assert.equal(mlctl(args).code, 2, args.join(' '));
});

test('an experiment comes from flag, environment, file, recipe, in this order', () => {
  const experiment = (args: readonly string[], env: Record<string, string> = {}) =>
    json(['train', ...args], env).document.experiment;
  assert.equal(experiment([]), '03-models-pyfunc');
  writeFileSync(join(cwd, 'mlctl.config.json'), '{"experiment": "from-file"}');
  try {
    assert.equal(experiment([]), 'from-file');
    assert.equal(experiment([], { MLFLOW_EXPERIMENT_NAME: 'from-env' }), 'from-env');
    assert.equal(experiment(['--experiment', 'from-flag'], { MLFLOW_EXPERIMENT_NAME: 'from-env' }), 'from-flag');
    const { settings } = json(['doctor'], { MLFLOW_TRACKING_TOKEN: 'canary-secret' }).document as { settings: Json[] };
    const of = (name: string) => settings.find((setting) => setting.name === name);
    assert.match(String(of('MLFLOW_EXPERIMENT_NAME')?.source), /mlctl\.config\.json$/);
    assert.deepEqual(of('MLFLOW_TRACKING_TOKEN'), {
      name: 'MLFLOW_TRACKING_TOKEN',
      value: null,
      set: true,
      source: 'environment',
    });
    assert.equal(of('MLFLOW_TRACKING_URI')?.source, 'default');
  } finally {
    writeFileSync(join(cwd, 'mlctl.config.json'), '{}');
  }
});

test('smoke: the exit code, GitHub, JUnit', () => {
  assert.equal(mlctl(['smoke', 'models:/iris_clf/9']).code, 3);
  assert.equal(mlctl(['smoke', 'models:/nothing/1']).code, 3);
  assert.equal(mlctl(['train', '--no-log', '--out', 'tampered']).code, 0);
  const payload = join(cwd, 'tampered', 'model.onnx');
  assert.equal(mlctl(['smoke', './tampered', '--junit', 'smoke.xml']).code, 0);
  assert.match(readFileSync(join(cwd, 'smoke.xml'), 'utf8'), /<testsuite/);
  appendFileSync(payload, 'x');
  const summary = join(cwd, 'summary.md');
  const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const broken = mlctl(['smoke', './tampered'], github);
  assert.equal(broken.code, 7);
  assert.match(broken.stdout, /^::error title=mlctl smoke%3A load::/m);
  assert.match(broken.stdout, /smoke failed: load/);
  assert.match(readFileSync(summary, 'utf8'), /\| load \| fail \|/);
  const { document, code } = json(['smoke', './tampered'], github);
  assert.deepEqual([code, document.ok, Array.isArray(document.checks)], [7, false, true]);
});

test('doctor: a damaged store is an answer of no', () => {
  writeFileSync(join(cwd, 'broken.db'), 'this is no database at all');
  const { document, code } = json(['doctor', '--tracking-uri', 'sqlite:///broken.db']);
  assert.deepEqual([code, document.ok], [1, false]);
  const store = (document.checks as Json[]).find((check) => check.name === 'store');
  assert.equal(store?.status, 'fail');
  assert.equal(existsSync(join(cwd, 'broken.db')), true);
  assert.equal(mlctl(['doctor', '--repair', '--tracking-uri', 'http://127.0.0.1:9']).code, 2);
});

const HEADER = 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)';

test('predict: files, pipes, MLflow’s flags, one document with --json', () => {
  writeFileSync(join(cwd, 'rows.csv'), `${HEADER}\n5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n`);
  const uri = 'models:/iris_clf/1';
  const piped = runCli(['predict', uri, '--input-format', 'csv'], {
    cwd,
    input: readFileSync(join(cwd, 'rows.csv'), 'utf8'),
  });
  assert.equal(piped.code, 0, piped.stderr);
  assert.match(piped.stdout, /^label,probability_0,probability_1,probability_2\n0,.*\n2,.*\n$/);
  assert.match(piped.stderr, /2 rows predicted/);
  assert.deepEqual(mlctl(['predict', '-m', uri, '-i', 'rows.csv', '-q']), {
    stdout: piped.stdout,
    stderr: '',
    code: 0,
  });
  assert.equal(
    mlctl(['predict', '--model-uri', uri, '--input-path', 'rows.csv', '--output-path', 'out.csv', '-t', 'csv']).code,
    0,
  );
  assert.equal(readFileSync(join(cwd, 'out.csv'), 'utf8'), piped.stdout);
  const { document } = json(['predict', uri, '-i', 'rows.csv']);
  assert.deepEqual(
    (document.predictions as Json[]).map((row) => row.label),
    [0, 2],
  );
  assert.deepEqual([document.schema, document.ok, document.rows], ['mlctl.predict/1', true, 2]);
  assert.equal(mlctl(['predict', uri, '-i', 'rows.csv', '--json', '--output-format', 'csv']).code, 2);
  assert.equal(mlctl(['predict', uri, '-m', 'models:/other/1', '-i', 'rows.csv']).code, 2);
});

test('predict and validate list every finding, each once', () => {
  writeFileSync(join(cwd, 'bad.csv'), `${HEADER.replace('width (cm)', 'widht (cm)')}\n5.1,oops,1.4,0.2\n`);
  for (const command of ['predict', 'validate']) {
    const said = mlctl([command, 'models:/iris_clf/1', '-i', 'bad.csv']);
    const text = command === 'predict' ? said.stderr : said.stdout;
    assert.equal(said.code, 5);
    assert.equal(text.match(/SCHEMA_MISSING_COLUMN/g)?.length, 1);
    assert.equal(text.match(/'sepal width \(cm\)' is missing/g)?.length, 1, text);
    assert.doesNotMatch(text, /\\n/);
  }
  const { document, code } = json(['validate', 'models:/iris_clf/1', '-i', 'bad.csv']);
  assert.deepEqual([code, document.ok, document.valid], [5, false, false]);
  assert.equal((document.findings as Json[]).length, document.total);
  assert.equal(json(['validate', 'models:/iris_clf/1', '-i', 'rows.csv']).code, 0);
  assert.equal(json(['predict', 'models:/iris_clf/1', '-i', 'bad.csv']).document.ok, false);
});

test('rows are asked for on a terminal, never waited for', (t) => {
  if (spawnSync('script', ['--version']).status !== 0) return t.skip('no util-linux script');
  const done = spawnSync('script', ['-qec', `${process.execPath} ${BIN} predict models:/iris_clf/1`, '/dev/null'], {
    cwd,
    encoding: 'utf8',
    env: cleanEnvironment(),
    timeout: 60_000,
  });
  assert.match(done.stdout, /no input: give --input FILE or pipe rows in/);
  assert.equal(done.status, 2);
});
