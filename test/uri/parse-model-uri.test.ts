import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { parseModelUri } from '../../src/uri/parse-model-uri.js';

const ID = 'm-3b6142242f7a4271a0aba19dc837e7cd';

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
