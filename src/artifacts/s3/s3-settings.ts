// The environment's words about S3, as Python's MLflow and boto3 read them.
import { MlctlError } from '../../errors/error.js';
import type { World } from '../../world.js';
import type { S3Profile } from './s3-profile.js';

export interface S3Settings {
  /** null for AWS itself. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly pathStyle: boolean;
  readonly ignoreTls: boolean;
  /** AWS checks the sum of every object. Other servers refuse the framing that carries it, or even store it. */
  readonly checksums: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED';
}

const invalid = (name: string, why: string, hint: string): MlctlError =>
  new MlctlError('CONFIG_INVALID', `${name} ${why}`, { hint });

/** The environment beats the profile of ~/.aws/config. */
export function s3Settings(env: World['env'], profile: S3Profile = { endpoint: null, region: null }): S3Settings {
  const variable = ['MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].find((one) => env[one]);
  const endpoint = variable === undefined ? profile.endpoint : (env[variable] ?? '');
  const name = variable ?? (endpoint === null ? undefined : 'endpoint_url');
  let host = 'amazonaws.com';
  if (name !== undefined && endpoint !== null) {
    try {
      const url = new URL(endpoint);
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('scheme');
      host = url.hostname;
    } catch {
      // The commonest mistake is the address without its scheme; the value may hold a password, so only a plain one is shown.
      const [, host = 'host:9000'] =
        /^(?:[a-z0-9]+:\/\/)?([a-z0-9][a-z0-9.-]{0,253}(?::\d{1,5})?)\/?$/i.exec(endpoint) ?? [];
      throw invalid(
        name,
        'is not an http(s) address',
        `set ${name}${variable === undefined ? ' of the AWS profile to ' : '='}http://${host}`,
      );
    }
  }
  const style = env['MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE'] || 'auto';
  if (!['auto', 'path', 'virtual'].includes(style))
    throw invalid('MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE', 'is not one of auto, path, virtual', 'unset it for auto');
  const isAws = /(?:^|\.)amazonaws\.com(?:\.cn)?$/.test(host);
  const asked = env['AWS_REQUEST_CHECKSUM_CALCULATION']?.toUpperCase();
  return {
    endpoint,
    // S3-compatible servers take any region; us-east-1 is boto3's for them.
    region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || profile.region || 'us-east-1',
    // Own servers rarely have a name for each bucket.
    pathStyle: style === 'path' || (style === 'auto' && !isAws),
    ignoreTls: /^(?:true|1)$/i.test(env['MLFLOW_S3_IGNORE_TLS'] ?? ''),
    checksums:
      asked === 'WHEN_SUPPORTED' || asked === 'WHEN_REQUIRED' ? asked : isAws ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
  };
}

export function bucketOwner(world: World): { ExpectedBucketOwner?: string } {
  const owner = world.env['MLFLOW_S3_EXPECTED_BUCKET_OWNER'];
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

/** MLFLOW_S3_UPLOAD_EXTRA_ARGS: what cannot be honoured is refused, not dropped (an unencrypted upload is no small thing). */
export function uploadArguments(world: World): Record<string, never> {
  const text = world.env['MLFLOW_S3_UPLOAD_EXTRA_ARGS'];
  if (!text) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(
      'MLFLOW_S3_UPLOAD_EXTRA_ARGS',
      'is not a JSON object',
      'set it to {"ServerSideEncryption":"AES256"}, or unset it',
    );
  for (const key of Object.keys(value))
    if (!EXTRA.has(key))
      throw invalid(
        'MLFLOW_S3_UPLOAD_EXTRA_ARGS',
        `has the argument ${JSON.stringify(key.slice(0, 60))}, which mlctl cannot pass on`,
        `those it can: ${[...EXTRA].join(', ')}`,
      );
  return { ...(value as Record<string, never>) };
}
