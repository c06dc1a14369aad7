// The S3 settings as they work together: which endpoint, named by what, how buckets are addressed, whose credentials.
import { s3Settings } from '../artifacts/s3-settings.js';
import { MlctlError } from '../errors/error.js';
import { printable } from '../uri/printable.js';
import { redactUri } from '../uri/redact.js';
import type { World } from '../world.js';
import type { DoctorCheckDocument } from './types.js';

const ENDPOINTS = ['MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] as const;

/** null where nothing of S3 is set. */
export function judgeS3(world: World): Omit<DoctorCheckDocument, 'name'> | null {
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
      return {
        status: 'warn',
        message: `${message}; AWS_ACCESS_KEY_ID is set without its secret`,
        hint: 'set AWS_SECRET_ACCESS_KEY',
        details,
        exit_code: 0,
      };
    if (ignoreTls)
      return {
        status: 'warn',
        message: `${message}; its certificate is not checked`,
        hint: 'name its authority in AWS_CA_BUNDLE and unset MLFLOW_S3_IGNORE_TLS',
        details,
        exit_code: 0,
      };
    return { status: 'pass', message, hint: null, details, exit_code: 0 };
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    const { message, hint, exitCode: exit_code } = error;
    return { status: 'fail', message, hint: hint ?? null, details: { endpoint_from: named ?? null }, exit_code };
  }
}
