// Where settings come from: flag, environment, nearest file, the user's file, default.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configure, parseConfig } from '../../src/cli/config-file.js';
import { resolveSettings } from '../../src/cli/options.js';
import { MlctlError } from '../../src/errors/error.js';
import { cliEnded, runCli } from '../support/cli.js';
import { httpServer, json } from '../support/http-server.js';
import { scratch } from '../support/paths.js';

function place(files: Record<string, unknown>): string {
  const root = scratch('mlctl-config-');
  mkdirSync(join(root, 'work', 'deep', 'er'), { recursive: true });
  mkdirSync(join(root, 'xdg', 'mlctl'), { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), JSON.stringify(content));
  return root;
}

test('the nearest file completes the environment, then the own one', () => {
  const root = place({
    'work/mlctl.config.json': { tracking_uri: 'far', timeout: 5 },
    'work/deep/mlctl.config.json': { tracking_uri: 'near', experiment: 'e' },
    'xdg/mlctl/config.json': { tracking_uri: 'own', timeout: 7, schema: 'mlflow', offline: true },
  });
  const xdg = { XDG_CONFIG_HOME: join(root, 'xdg') };
  const { env, files, origin } = configure(xdg, join(root, 'work', 'deep', 'er'));
  assert.equal(env.MLFLOW_TRACKING_URI, 'near');
  assert.equal(env.MLCTL_TIMEOUT, '7');
  assert.equal(env.MLCTL_OFFLINE, '1');
  assert.deepEqual(files, [join(root, 'work/deep/mlctl.config.json'), join(root, 'xdg/mlctl/config.json')]);
  assert.equal(origin.get('MLCTL_SCHEMA'), files[1]);
  const given = configure(
    { ...xdg, MLFLOW_TRACKING_URI: 'env', MLFLOW_EXPERIMENT_ID: '3' },
    join(root, 'work', 'deep'),
  );
  assert.equal(given.env.MLFLOW_TRACKING_URI, 'env');
  // An experiment by id is an experiment: the file's name must not contradict it.
  assert.equal(given.env.MLFLOW_EXPERIMENT_NAME, undefined);
});

test('flags beat all, and deadlines hold only where they should', () => {
  const root = place({ 'work/mlctl.config.json': { timeout: 5, schema: 'mlflow' } });
  const cwd = join(root, 'work');
  const env = { XDG_CONFIG_HOME: join(root, 'xdg') };
  assert.equal(resolveSettings({}, env, cwd, false).settings.timeout, 5);
  assert.equal(resolveSettings({}, env, cwd, false).settings.mode, 'mlflow');
  assert.equal(resolveSettings({}, { ...env, MLCTL_TIMEOUT: '9' }, cwd, true).settings.timeout, 9);
  assert.equal(
    resolveSettings({ timeout: 1, schema: 'strict' }, { ...env, MLCTL_TIMEOUT: '9' }, cwd, true).settings.timeout,
    1,
  );
  assert.equal(resolveSettings({}, env, root, true).settings.timeout, 120);
  assert.equal(resolveSettings({}, env, root, false).settings.timeout, null);
  assert.throws(() => resolveSettings({}, { ...env, MLCTL_TIMEOUT: 'soon' }, cwd, true), { code: 'CONFIG_INVALID' });
});

test('a file that cannot be used is refused by name, with a hint', () => {
  const refused = (text: string) => {
    try {
      parseConfig('mlctl.config.json', text);
    } catch (error) {
      assert.ok(error instanceof MlctlError);
      assert.equal(error.code, 'CONFIG_INVALID');
      assert.match(error.message, /mlctl\.config\.json/);
      return `${error.message} / ${error.hint}`;
    }
    return assert.fail(`accepted: ${text}`);
  };
  assert.match(refused('{"traking_uri": "x"}'), /unknown key "traking_uri" .*did you mean tracking_uri\?/);
  assert.match(refused('{"password": "x"}'), /unknown key "password"/);
  assert.match(refused('{"__proto__": {}}'), /unknown key "__proto__"/);
  assert.match(refused('[1]'), /is not a JSON object/);
  assert.match(refused('{'), /is not JSON/);
  assert.match(refused('{"timeout": null}'), /timeout has no usable value/);
  assert.match(refused(' '.repeat(70_000)), /at most 65536/);
});

test('the program says which file is wrong, and with -v which it read', () => {
  const root = place({ 'work/mlctl.config.json': { timout: 5 } });
  const wrong = runCli(['version'], { cwd: join(root, 'work') });
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /CONFIG_INVALID/);
  assert.match(wrong.stderr, /did you mean timeout\?/);
  writeFileSync(join(root, 'work/mlctl.config.json'), '{"timeout": 5}');
  const right = runCli(['version', '-v'], { cwd: join(root, 'work') });
  assert.equal(right.code, 0);
  assert.match(right.stderr, /settings from .*mlctl\.config\.json/);
});

test('a file that was only found sends no sign-in anywhere: nothing is asked, and the way to trust it is said', async (t) => {
  const server = await httpServer((asked, response) =>
    asked.url === '/version' ? void response.end('3.18.0') : json(response, { registered_models: [] }),
  );
  t.after(() => server.close());
  const root = place({ 'work/mlctl.config.json': { tracking_uri: server.url } });
  const cwd = join(root, 'work', 'deep');
  const file = join(root, 'work/mlctl.config.json');
  const secrets: Record<string, string> = { MLFLOW_TRACKING_TOKEN: 't0ken-that-stays', MLFLOW_TRACKING_PASSWORD: '' };
  const models = (args: string[], env: Record<string, string> = {}) =>
    cliEnded(['models', '--json', ...args], { cwd, env: { ...secrets, ...env } });
  const refused = await models([]);
  assert.equal(refused.code, 2, refused.stdout + refused.stderr);
  const { error } = JSON.parse(refused.stdout);
  assert.equal(error.code, 'CONFIG_INVALID');
  for (const named of [file, 'tracking_uri', server.url]) assert.ok(error.message.includes(named), named);
  assert.ok(error.hint.includes(`export MLCTL_CONFIG='${file}'`), error.hint);
  assert.match(error.hint, /export MLFLOW_TRACKING_URI yourself/);
  assert.equal(server.asked.length, 0);
  // Asked for by name, by variable or by flag it is used, and signed in at.
  for (const [args, env] of [
    [[], { MLCTL_CONFIG: '../mlctl.config.json' }],
    [[], { MLFLOW_TRACKING_URI: server.url }],
    [['--tracking-uri', server.url], {}],
  ] as [string[], Record<string, string>][]) {
    server.asked.length = 0;
    const done = await models(args, env);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.ok(server.asked.some(({ headers }) => headers.authorization === 'Bearer t0ken-that-stays'));
  }
});

test('what a file may say depends on whether it was asked for', () => {
  const root = place({});
  const cwd = join(root, 'work');
  const env = { XDG_CONFIG_HOME: join(root, 'xdg') };
  const found = join(cwd, 'mlctl.config.json');
  const own = join(root, 'xdg/mlctl/config.json');
  for (const [key, value] of [
    ['tracking_uri', 'http://evil'],
    ['tracking_uri', 'HTTPS://user:pass-w0rd@evil/'],
    ['tracking_uri', '//evil/share/mlflow.db'],
    ['registry_uri', 'databricks://evil'],
    ['s3_endpoint_url', 'http://evil:9000'],
    ['cache_dir', './cache'],
  ] as const) {
    writeFileSync(found, JSON.stringify({ [key]: value }));
    assert.throws(
      () => configure(env, cwd),
      (error) =>
        error instanceof MlctlError && error.exitCode === 2 && !`${error.message}${error.hint}`.includes('w0rd'),
      key,
    );
    assert.equal(configure({ ...env, MLCTL_CONFIG: found }, cwd).origin.size, 1);
    writeFileSync(found, '{}');
    writeFileSync(own, JSON.stringify({ [key]: value }));
    assert.equal(configure(env, cwd).origin.size, 1);
    writeFileSync(own, '{}');
  }
  for (const value of ['sqlite:///team.db', 'sqlite+pysqlite:////data/team.db', 'team.db', 'C:\\data\\team.db']) {
    writeFileSync(found, JSON.stringify({ tracking_uri: value, model_uri: 'models:/m/1', schema: 'mlflow' }));
    assert.equal(configure(env, cwd).env.MLFLOW_TRACKING_URI, value);
  }
  // The nearest file does not count where another was asked for, and one that is not there is no silence.
  const other = join(root, 'other.json');
  writeFileSync(other, '{"experiment": "e"}');
  const asked = configure({ ...env, MLCTL_CONFIG: '../other.json' }, cwd);
  assert.deepEqual([asked.files[0], asked.env.MLFLOW_TRACKING_URI], [other, undefined]);
  assert.throws(() => configure({ ...env, MLCTL_CONFIG: 'none.json' }, cwd), { code: 'CONFIG_INVALID' });
});
