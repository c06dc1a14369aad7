import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { loggedModelIdOf } from '../../src/uri/logged-model-id.js';
import { faultOfModelName } from '../../src/uri/model-name.js';
import { parseModelUri } from '../../src/uri/parse-model-uri.js';

const ID = 'm-3b6142242f7a4271a0aba19dc837e7cd';

test('a file URI names a folder and not the whole file system', () => {
  for (const text of ['file:///', 'file:////', 'file://localhost/', 'FILE:///.', 'file:///./', 'file:///../..'])
    assert.throws(() => parseModelUri(text), {
      code: 'URI_INVALID',
      message: /names the whole file system and not a folder in it; expected file:\/\/\/absolute\/path/,
    });
  for (const text of ['file:///a', 'file:///.model', 'file://localhost/m', 'file:/a/'])
    assert.deepEqual(parseModelUri(text), { kind: 'artifact', scheme: 'file', location: text });
});

test('every form of the contract', () => {
  const cases: [string, object][] = [
    [
      'runs:/b7ad3c804a3a4b5d95c7b5461490c567/model',
      { kind: 'run', runId: 'b7ad3c804a3a4b5d95c7b5461490c567', path: 'model' },
    ],
    ['runs:/r1/a/b/', { kind: 'run', runId: 'r1', path: 'a/b' }],
    ['models:/iris_clf/7', { kind: 'version', name: 'iris_clf', version: 7 }],
    ['models:/iris_clf/007', { kind: 'version', name: 'iris_clf', version: 7 }],
    ['models:/iris clf/PRODUCTION', { kind: 'stage', name: 'iris clf', stage: 'Production' }],
    ['models:/n/staging', { kind: 'stage', name: 'n', stage: 'Staging' }],
    ['models:/n/Nightly', { kind: 'stage', name: 'n', stage: 'Nightly' }],
    ['models:/n/LATEST', { kind: 'latest', name: 'n' }],
    ['models:/n@champion', { kind: 'alias', name: 'n', alias: 'champion' }],
    ['models:/a@b@c', { kind: 'alias', name: 'a@b', alias: 'c' }],
    ['models:/a@b/3', { kind: 'version', name: 'a@b', version: 3 }],
    [`models:/${ID}`, { kind: 'model_id', modelId: ID }],
    [`models:/${ID}/3`, { kind: 'version', name: ID, version: 3 }],
    [`models:/${ID}@a`, { kind: 'alias', name: ID, alias: 'a' }],
    ['models:/__proto__/1', { kind: 'version', name: '__proto__', version: 1 }],
    ['mlflow-artifacts:/1/x', { kind: 'artifact', scheme: 'mlflow-artifacts', location: 'mlflow-artifacts:/1/x' }],
    ['s3://bucket/a/b', { kind: 'artifact', scheme: 's3', location: 's3://bucket/a/b' }],
    ['file:///tmp/x', { kind: 'artifact', scheme: 'file', location: 'file:///tmp/x' }],
    ['./model', { kind: 'path', path: './model' }],
    ['C:\\models\\a', { kind: 'path', path: 'C:\\models\\a' }],
    ['/abs/x', { kind: 'path', path: '/abs/x' }],
  ];
  for (const [text, expected] of cases) assert.deepEqual(parseModelUri(text), expected, text);
});

test('an invalid model URI gives an error that says what was expected', () => {
  const bad = [
    '',
    '  ',
    'runs:/',
    'runs:/r',
    'runs:/r/',
    'runs://host/r/model',
    'runs:/r/../x',
    'runs:/r/%2e%2e/x',
    'runs:/../model',
    'runs:r/model',
    'models:/',
    'models:/n',
    'models:/n/',
    'models://n/1',
    'models:/n/0',
    'models:/n/99999999999',
    'models:/n/1/2',
    'models:/@a',
    'models:/n@',
    'models:n/1',
    'models:/a:b/1',
    'models:/../1',
    's3://bucket',
    's3:///key',
    'file://host/x',
    'file:x',
    'dbfs:/x',
    'http://u:secret@h/x',
    'mlflow-artifacts:',
    'models:/n\u001b[2J/1',
    `models:/${'n'.repeat(5000)}/1`,
  ];
  for (const text of bad) {
    assert.throws(
      () => parseModelUri(text),
      (error) => {
        assert.ok(error instanceof MlctlError && error.code === 'URI_INVALID' && error.exitCode === 2, text);
        assert.match(error.message, /expected/);
        assert.ok(!error.message.includes('secret') && !error.message.includes('\u001b'));
        return true;
      },
      text,
    );
  }
});

test('an error names the first thing that is wrong, and limits are exact', () => {
  const reasons: [string, RegExp][] = [
    ['', /is empty/],
    [`models:/${'n'.repeat(4089)}`, /is longer than 4096 characters/],
    ['models:/a\u0007/1', /holds control characters/],
    ['runs:r/model', /has no slash after runs:/],
    ['models:n/1', /has no slash after models:/],
    ['runs://host/r/model', /names a server, which belongs in MLFLOW_TRACKING_URI/],
    ['runs:/', /has no run id/],
    ['runs:/r!/x', /has an impossible run id/],
    [`runs:/${'r'.repeat(257)}/x`, /has an impossible run id/],
    ['runs:/r', /has no path after the run id/],
    ['runs:/r//', /has no path after the run id/],
    ['runs:/r/../x', /has a path that has the part "\.\."/],
    ['models://n/1', /names a server, which belongs in MLFLOW_REGISTRY_URI/],
    ['models:/n/1/2', /has too many parts/],
    ['models:/', /does not name a model; expected models:\/<name>/],
    ['models:/n', /does not say which version; expected models:\/n\//],
    ['models:/@a', /has no model name/],
    ['models://1', /names a server/],
    ['models:/n@', /has no alias after the @/],
    ['models:/ /1', /has an impossible model name/],
    ['models:/n/', /has nothing after the model name/],
    ['models:/n/0', /has an impossible version/],
    ['models:/n/2147483648', /has an impossible version/],
    ['file://host/x', /names a file on another machine/],
    ['file:x', /has no absolute path/],
    ['file:/', /has no absolute path/],
    ['s3://bucket/', /has no bucket or no key/],
    ['s3:///key', /has no bucket or no key/],
    ['mlflow-artifacts:/', /does not name an artifact/],
    ['dbfs:/x', /has the unknown scheme dbfs:/],
  ];
  for (const [text, reason] of reasons)
    assert.throws(() => parseModelUri(text), { message: reason }, text.slice(0, 60));
  for (const text of [
    `models:/${'n'.repeat(4086)}/1`,
    'models:/n/1',
    'models:/n/2147483647',
    `runs:/${'r'.repeat(256)}/x`,
    'file://localhost/x',
    'file://LOCALHOST/x',
    'file:/x',
  ])
    assert.doesNotThrow(() => parseModelUri(text), text.slice(0, 60));
});

test('the id of a logged model, alone and as the source of a version', () => {
  assert.deepEqual(parseModelUri(`models:/${ID.toUpperCase().replace('M-', 'm-')}`), { kind: 'model_id', modelId: ID });
  assert.equal(loggedModelIdOf(`models:/${ID}`), ID);
  assert.equal(loggedModelIdOf(`models:/${ID.toUpperCase()}`), ID);
  for (const source of [ID, `models:/${ID}/x`, `runs:/${ID}`, '', 'models:/', `models:/${ID}0`])
    assert.equal(loggedModelIdOf(source), null, source);
});

test('a model name that a URI cannot spell', () => {
  for (const [name, fault] of [
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['a/b', 'it may not contain / : or \\'],
    ['a:b', 'it may not contain / : or \\'],
    ['.', 'it may not be . or ..'],
    ['..', 'it may not be . or ..'],
    ['a\u0085', 'it may not contain control characters'],
    ['a..b', null],
    ['ü', null],
  ] as const)
    assert.equal(faultOfModelName(name), fault, name);
});
