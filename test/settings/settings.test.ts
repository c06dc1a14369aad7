// The table of settings against the sources: what is in the table the code reads, and the default that the documents show is the one
// in force. That nothing is read past the table is a law (scripts/check/import-laws.mjs), and that a name is in it the compiler's.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { givenAs, readSetting } from '../../src/settings/read-setting.js';
import { retrySettings } from '../../src/settings/retry-settings.js';
import { SETTINGS, type Setting, type SettingName, VARIABLES } from '../../src/settings/settings.js';
import { ROOT } from '../support/paths.js';

const folder = join(ROOT, 'src');
const sources = new Map(
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8')] as const),
);

/** The arguments of each call of a reader, to the closing bracket. */
function* readsIn(text: string): Generator<string> {
  for (const { index, 0: call } of text.matchAll(/\b(?:readSetting|givenAs)\(/g)) {
    let end = index + call.length;
    for (let depth = 1; depth > 0 && end < text.length; end += 1)
      depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0;
    yield text.slice(index + call.length, end);
  }
}

test('code reads every row of the table, by its name', () => {
  const read = new Set<string>();
  for (const [file, text] of sources) {
    if (file.startsWith('settings/') && file !== 'settings/retry-settings.ts' && file !== 'settings/ci-listens.ts')
      continue;
    // `const kind = … ? 'HTTPS_PROXY' : 'HTTP_PROXY'` names rows for a call below.
    const named = new Map(
      [...text.matchAll(/const (\w+) =([^;]*);/g)].map(([, name = '', value = '']) => [name, value]),
    );
    for (const call of readsIn(text)) {
      const [, ...names] = call.split(',');
      for (const name of names) {
        const value = named.get(name.replace(/\W/g, '')) ?? name;
        for (const [, quoted = ''] of value.matchAll(/'(\w+)'/g)) read.add(quoted);
      }
    }
  }
  assert.ok(read.size > 50);
  assert.deepEqual(
    VARIABLES.map(({ name }) => name).filter((name) => !read.has(name)),
    [],
    'in the table and read by nobody',
  );
});

test('the default that is shown is the one in use', () => {
  for (const variable of VARIABLES) {
    const { unset } = (SETTINGS[variable.name] as Setting<unknown>).reader;
    assert.deepEqual(readSetting({}, variable.name), unset);
    assert.deepEqual(readSetting({ [variable.name]: '' }, variable.name), unset, 'empty counts as unset');
    // A default that is a value of its own is shown as one types it: read, it is that value.
    if (unset !== undefined && variable.default !== null)
      assert.deepEqual(readSetting({ [variable.name]: variable.default }, variable.name), unset, variable.name);
    if (typeof unset === 'number') assert.equal(variable.default, String(unset));
  }
  const page = readFileSync(join(ROOT, 'docs', 'environment.md'), 'utf8');
  for (const [name, seconds] of [
    ['MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', retrySettings({}).backoffFactorMs / 1000],
    ['MLFLOW_HTTP_REQUEST_BACKOFF_JITTER', retrySettings({}).backoffJitterMs / 1000],
    ['MLFLOW_HTTP_REQUEST_TIMEOUT', retrySettings({}).timeoutMs / 1000],
    ['MLFLOW_HTTP_REQUEST_MAX_RETRIES', retrySettings({}).retries],
  ] as const)
    assert.match(page, new RegExp(`^\\| \`${name}\` \\|[^|]*\\| ${seconds} \\|`, 'm'));
});

test('a text that a row does not accept is an error that names variable, found and expected', () => {
  const wrong = { ...Object.fromEntries(VARIABLES.map(({ name }) => [name, '-1 maybe'])) };
  let refused = 0;
  for (const { name } of VARIABLES) {
    const { reader } = SETTINGS[name] as Setting<unknown>;
    if (reader.read('-1 maybe') !== undefined) continue;
    refused += 1;
    assert.throws(
      () => readSetting(wrong, name),
      (error) => {
        assert.ok(error instanceof MlctlError && error.code === 'CONFIG_INVALID');
        assert.equal(error.message, `${name} needs ${reader.expected}, found "-1 maybe"`);
        assert.match(error.hint ?? '', new RegExp(`^correct ${name}, or unset it`));
        return true;
      },
    );
  }
  assert.ok(refused > 20);
});

/** Whose words a flag takes: none is silently taken for no. */
const flags = VARIABLES.filter(({ name }) =>
  /^one of true, 1/.test((SETTINGS[name] as Setting<unknown>).reader.expected),
);

test('yes and no: MLflow’s four words for its variables, and also `yes` and `on` for mlctl’s', () => {
  const read = (name: SettingName, given: string): unknown => {
    try {
      return readSetting({ [name]: given }, name);
    } catch (error) {
      return (error as MlctlError).code;
    }
  };
  assert.ok(flags.length > 10);
  for (const { name } of flags) {
    for (const word of ['true', 'TRUE', '1', ' 1 ']) assert.equal(read(name, word), true, `${name}=${word}`);
    for (const word of ['false', 'False', '0']) assert.equal(read(name, word), false, `${name}=${word}`);
    const own = !name.startsWith('MLFLOW_');
    for (const word of ['yes', 'on', 'YES']) assert.equal(read(name, word), own ? true : 'CONFIG_INVALID', name);
    for (const word of ['no', 'off']) assert.equal(read(name, word), own ? false : 'CONFIG_INVALID', name);
    for (const word of ['y', '2', 'maybe', '-']) assert.equal(read(name, word), 'CONFIG_INVALID', `${name}=${word}`);
  }
});

test('numbers: a word, a wrong sign or a base is an error; a number beyond MLflow’s caps is capped, one beyond mlctl’s is an error', () => {
  const seconds = (given: string) => readSetting({ MLCTL_TIMEOUT: given }, 'MLCTL_TIMEOUT');
  assert.equal(seconds(' 2.5 '), 2.5);
  for (const given of ['0', '-1', '0x10', 'soon', '1e9', 'Infinity', 'NaN'])
    assert.throws(() => seconds(given), { code: 'CONFIG_INVALID' }, given);
  const retries = (given: string) =>
    readSetting({ MLFLOW_HTTP_REQUEST_MAX_RETRIES: given }, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES');
  assert.deepEqual([retries('0'), retries('3'), retries('99')], [0, 3, 10]);
  for (const given of ['1.5', '-1', 'many']) assert.throws(() => retries(given), { code: 'CONFIG_INVALID' }, given);
});

test('a proxy is also known by its name in lower case, which wins', () => {
  const env = { HTTP_PROXY: 'http://a', http_proxy: 'http://b', no_proxy: '' };
  assert.equal(givenAs(env, 'HTTPS_PROXY', 'HTTP_PROXY'), 'http_proxy');
  assert.equal(readSetting(env, 'HTTP_PROXY'), 'http://b');
  assert.equal(givenAs(env, 'NO_PROXY'), undefined);
  assert.equal(givenAs({ mlctl_offline: '1' }, 'MLCTL_OFFLINE'), undefined);
});
