// Shows the S3 settings that the client uses: the endpoint and where it is set, how buckets are addressed, and whose credentials.
import { existsSync } from 'node:fs';
import { awsFiles } from '../../artifacts/s3/aws-files.js';
import { givenAs } from '../../settings/read-setting.js';
import { shownText } from '../../settings/shown-text.js';
import type { World } from '../../world.js';
import { type Check, passed, warned } from '../check.js';
import { failed } from './failed.js';

/** null if neither a variable nor an AWS profile sets anything for S3. */
export async function judgeS3(world: World): Promise<Check | null> {
  const { env } = world;
  const named = givenAs(env, 'MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL');
  const keyId = givenAs(env, 'AWS_ACCESS_KEY_ID');
  const files = awsFiles(env);
  const isSilent =
    named === undefined &&
    givenAs(env, 'AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION') === undefined;
  if (isSilent && !existsSync(files.config) && !existsSync(files.credentials)) return null;
  try {
    // The AWS SDK's reader of profiles is loaded only where there may be one.
    const { s3Settings } = await import('../../artifacts/s3/s3-settings.js');
    const settings = await s3Settings(env);
    const { endpointFrom, regionFrom, pathStyle, ignoreTls, credentialsFrom } = settings;
    const byProfile = endpointFrom !== null || regionFrom !== null || credentialsFrom === 'AWS_PROFILE';
    if (!byProfile && keyId === undefined) return null;
    const details = {
      endpoint: settings.endpoint === null ? null : shownText('MLFLOW_S3_ENDPOINT_URL', settings.endpoint),
      endpoint_from: endpointFrom,
      addressing: pathStyle ? 'path' : 'virtual',
      region: shownText('AWS_REGION', settings.region, 60),
      region_from: regionFrom,
      checksums: settings.checksums.toLowerCase(),
      ca: settings.caFile,
      ignore_tls: ignoreTls,
      credentials_from: credentialsFrom,
    };
    const where = details.endpoint === null ? 'AWS' : `${details.endpoint} (${endpointFrom})`;
    const region = regionFrom?.startsWith('the AWS profile') ? `${details.region} (${regionFrom})` : details.region;
    const message = `${where}, ${details.addressing}-style, region ${region}, keys from ${credentialsFrom}`;
    if (keyId !== undefined && givenAs(env, 'AWS_SECRET_ACCESS_KEY') === undefined)
      return warned(
        `${message}; AWS_ACCESS_KEY_ID is set, but its secret is not`,
        'set AWS_SECRET_ACCESS_KEY',
        details,
      );
    if (ignoreTls)
      return warned(
        `${message}; its certificate is not checked`,
        'set AWS_CA_BUNDLE to its certificate authority and unset MLFLOW_S3_IGNORE_TLS',
        details,
      );
    return passed(message, details);
  } catch (error) {
    return failed(error, { endpoint_from: named ?? null });
  }
}
