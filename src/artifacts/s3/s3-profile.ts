// What the AWS profile in use (AWS_PROFILE, else "default") says about S3 in ~/.aws/config: endpoint and region.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import type { World } from '../../world.js';

export interface S3Profile {
  readonly endpoint: string | null;
  readonly region: string | null;
}

/** Throws CONFIG_INVALID for an AWS_PROFILE that is in neither file, unless the keys come from the environment. */
export async function s3Profile(env: World['env']): Promise<S3Profile> {
  const folder = join(env['HOME'] || homedir(), '.aws');
  const configFilepath = env['AWS_CONFIG_FILE'] || join(folder, 'config');
  const filepath = env['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ configFilepath, filepath, ignoreCache: true });
  const named = env['AWS_PROFILE'] || null;
  const name = named ?? 'default';
  // The SDK gives plain objects whose keys come from the files.
  const of = (file: typeof configFile, section: string) => (Object.hasOwn(file, section) ? file[section] : undefined);
  const profile = of(configFile, name);
  const known = profile ?? of(credentialsFile, name);
  if (named !== null && known === undefined && !(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']))
    throw new MlctlError(
      'CONFIG_INVALID',
      `AWS_PROFILE names the profile "${printable(named, 100)}", which is in neither ${printable(configFilepath)} nor ${printable(filepath)}`,
      {
        hint: 'name one that is there (aws configure list-profiles), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      },
    );
  const ignored = [env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'], profile?.['ignore_configured_endpoint_urls']];
  const services = profile?.['services'] ? of(configFile, `services.${profile['services']}`) : undefined;
  const endpoint = services?.['s3.endpoint_url'] || profile?.['endpoint_url'] || null;
  return {
    endpoint: ignored.some((one) => one?.toLowerCase() === 'true') ? null : endpoint,
    region: profile?.['region'] || of(credentialsFile, name)?.['region'] || null,
  };
}
