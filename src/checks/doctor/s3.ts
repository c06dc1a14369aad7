// The S3 settings as they work together: which endpoint, named by what, how buckets are addressed, whose credentials.
import { s3Settings } from '../../artifacts/s3/s3-settings.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import type { World } from '../../world.js';
import { type Check, passed, warned } from '../check.js';
import { failed } from './failed.js';

const ENDPOINTS = ['MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] as const;

/** null where nothing of S3 is set. */
export function judgeS3(world: World): Check | null {
  const { env } = world;
  const named = ENDPOINTS.find((name) => env[name]);
  if (named === undefined && !env['AWS_ACCESS_KEY_ID'] && !env['AWS_PROFILE']) return null;
  try {
    const { endpoint, region, pathStyle, ignoreTls } = s3Settings(env);
    const credentials =
      env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']
        ? 'AWS_ACCESS_KEY_ID'
        : env['AWS_PROFILE']
          ? 'AWS_PROFILE'
          : 'the default chain of AWS';
    const details = {
      endpoint: endpoint === null ? null : printable(redactUri(endpoint), 300),
      endpoint_from: named ?? null,
      addressing: pathStyle ? 'path' : 'virtual',
      region,
      ca: env['AWS_CA_BUNDLE'] ?? null,
      ignore_tls: ignoreTls,
      credentials_from: credentials,
    };
    const where = details.endpoint === null ? 'AWS itself' : `${details.endpoint} (${named})`;
    const message = `${where}, ${details.addressing}-style, region ${printable(region, 60)}, keys by ${credentials}`;
    if (env['AWS_ACCESS_KEY_ID'] && !env['AWS_SECRET_ACCESS_KEY'])
      return warned(`${message}; AWS_ACCESS_KEY_ID is set without its secret`, 'set AWS_SECRET_ACCESS_KEY', details);
    if (ignoreTls)
      return warned(
        `${message}; its certificate is not checked`,
        'name its authority in AWS_CA_BUNDLE and unset MLFLOW_S3_IGNORE_TLS',
        details,
      );
    return passed(message, details);
  } catch (error) {
    return failed(error, { endpoint_from: named ?? null });
  }
}
