import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redactText, redactUri } from '../../src/text/redact.js';

test('no secret survives in a URI', () => {
  assert.equal(
    redactUri('https://alice:hunter2@host:5000/x?path=a&X-Amz-Signature=abc#tok'),
    'https://***@host:5000/x?path=a&X-Amz-Signature=***',
  );
  assert.equal(redactUri('https://a:p@ss@host/x'), 'https://***@host/x');
  for (const encoded of ['http://me%3Ahunter2%40host:5000/x', 'me%3ahunter2%40host', 'https://hunter2%40host'])
    assert.doesNotMatch(`${redactUri(encoded)} ${redactText(`at ${redactUri(encoded)}: no`)}`, /hunter2/, encoded);
  for (const plain of ['s3://bucket/a%40b', 'file:///data/a%40b.csv', 'models:/a%40b/1', 'data%40v1.csv'])
    assert.equal(redactUri(plain), plain);
  assert.equal(redactUri('s3://bucket/key'), 's3://bucket/key');
  assert.equal(redactUri('sqlite:///a/b.db'), 'sqlite:///a/b.db');
  assert.equal(redactUri('./a#b?c'), './a#b?c');
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z0-9:%!]{6,20}$/),
      (secret) =>
        !redactUri(`https://u:${secret}@h/p`).includes(secret) &&
        !redactUri(`https://h/p?token=${secret}`).includes(secret),
    ),
  );
});

test('no secret survives in free text', () => {
  const lines = [
    'GET https://u:SECRET1@h/x failed',
    'Authorization: Bearer SECRET1',
    'authorization: Basic SECRET1==',
    '{"password":"SECRET1"}',
    'MLFLOW_TRACKING_PASSWORD=SECRET1 set',
    'aws_secret_access_key = SECRET1',
    'AWS4-HMAC-SHA256 Credential=SECRET1/2026/us, SignedHeaders=host, Signature=SECRET1',
    'X-Amz-Security-Token: SECRET1',
    'api_key: SECRET1',
    'https://h/x?sig=SECRET1',
  ];
  for (const line of lines) assert.ok(!redactText(line).includes('SECRET1'), redactText(line));
  assert.equal(
    redactText('experiment 12 not found at http://h:5000/api'),
    'experiment 12 not found at http://h:5000/api',
  );
});
