// Turns MLFLOW_S3_UPLOAD_EXTRA_ARGS and MLFLOW_S3_EXPECTED_BUCKET_OWNER into arguments of S3 requests.
import { MlctlError } from '../../errors/error.js';
import { readSetting } from '../../settings/read-setting.js';
import type { World } from '../../world.js';

const invalid = (why: string, hint: string): MlctlError =>
  new MlctlError('CONFIG_INVALID', `MLFLOW_S3_UPLOAD_EXTRA_ARGS ${why}`, { hint });

export function bucketOwner(world: World): { ExpectedBucketOwner?: string } {
  const owner = readSetting(world.env, 'MLFLOW_S3_EXPECTED_BUCKET_OWNER');
  return owner ? { ExpectedBucketOwner: owner } : {};
}

/** boto3's ExtraArgs that mean the same to PutObject and CreateMultipartUpload. */
const EXTRA = new Set([
  'ACL',
  'BucketKeyEnabled',
  'CacheControl',
  'ContentEncoding',
  'ContentType',
  'Metadata',
  'ObjectLockLegalHoldStatus',
  'ObjectLockMode',
  'RequestPayer',
  'SSEKMSEncryptionContext',
  'SSEKMSKeyId',
  'ServerSideEncryption',
  'StorageClass',
  'Tagging',
]);

/**
 * MLFLOW_S3_UPLOAD_EXTRA_ARGS: an argument that cannot be passed on is an error, because an upload without encryption, for
 * example, could be serious.
 */
export function uploadArguments(world: World): Record<string, never> {
  const text = readSetting(world.env, 'MLFLOW_S3_UPLOAD_EXTRA_ARGS');
  if (!text) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('is not a JSON object', 'set it to {"ServerSideEncryption":"AES256"}, or unset it');
  for (const key of Object.keys(value))
    if (!EXTRA.has(key))
      throw invalid(
        `has the argument ${JSON.stringify(key.slice(0, 60))}, which mlctl cannot pass on`,
        `those it can: ${[...EXTRA].join(', ')}`,
      );
  return { ...(value as Record<string, never>) };
}
