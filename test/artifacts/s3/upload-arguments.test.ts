// The extra arguments of uploads: what boto3 and both S3 requests know is passed on, and all else is refused before anything is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketOwner, uploadArguments } from '../../../src/artifacts/s3/upload-arguments.js';
import { testWorld } from '../../support/worlds.js';

const given = (text: string) => testWorld({ env: { MLFLOW_S3_UPLOAD_EXTRA_ARGS: text } });

/** boto3's ALLOWED_UPLOAD_ARGS, as far as PutObject and CreateMultipartUpload read them from the same value. */
const PASSED = {
  ACL: 'private',
  BucketKeyEnabled: true,
  CacheControl: 'no-store',
  ContentEncoding: 'gzip',
  ContentType: 'text/plain',
  Metadata: { team: 'risk' },
  ObjectLockLegalHoldStatus: 'ON',
  ObjectLockMode: 'GOVERNANCE',
  RequestPayer: 'requester',
  SSEKMSEncryptionContext: 'e30=',
  SSEKMSKeyId: 'k',
  ServerSideEncryption: 'aws:kms',
  StorageClass: 'STANDARD',
  Tagging: 'a=b',
};

test('each argument is passed on, alone and with the others', () => {
  assert.deepEqual(uploadArguments(given(JSON.stringify(PASSED))), PASSED);
  for (const [key, value] of Object.entries(PASSED))
    assert.deepEqual(uploadArguments(given(JSON.stringify({ [key]: value }))), { [key]: value });
  assert.deepEqual(uploadArguments(testWorld()), {});
  assert.deepEqual(uploadArguments(given('')), {});
});

test('what is not a JSON object is refused, and so is an argument that S3 would not get', () => {
  for (const text of ['nonsense', 'null', '[]', '"x"', '5', '{'])
    assert.throws(
      () => uploadArguments(given(text)),
      { code: 'CONFIG_INVALID', message: /is not a JSON object/ },
      text,
    );
  for (const key of ['ContentMD5', 'Expires', 'acl', '__proto__', 'SSECustomerKey'])
    assert.throws(() => uploadArguments(given(`{"ACL": "private", "${key}": "x"}`)), {
      code: 'CONFIG_INVALID',
      message: new RegExp(`has the argument "${key}", which mlctl cannot pass on`),
    });
});

test('the owner of the bucket is asked for only if it is set', () => {
  assert.deepEqual(bucketOwner(testWorld()), {});
  assert.deepEqual(bucketOwner(testWorld({ env: { MLFLOW_S3_EXPECTED_BUCKET_OWNER: '123' } })), {
    ExpectedBucketOwner: '123',
  });
});
