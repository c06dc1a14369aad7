// Turns ~/.aws/config into what the profile in use (AWS_PROFILE, else "default") says about S3: endpoint and region.
import { loadSharedConfigFiles } from '@smithy/core/config';
import { MlctlError } from '../../errors/error.js';
import { givenAs, readSetting } from '../../settings/read-setting.js';
import { shownText } from '../../settings/shown-text.js';
import { printable } from '../../text/printable.js';
import type { World } from '../../world.js';
import { awsFiles } from './aws-files.js';

export interface S3Profile {
  readonly name: string;
  readonly endpoint: string | null;
  readonly region: string | null;
}

/** Throws CONFIG_INVALID for an AWS_PROFILE that is in neither file, unless the keys come from the environment. */
export async function s3Profile(env: World['env']): Promise<S3Profile> {
  const { config: configFilepath, credentials: filepath } = awsFiles(env);
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ configFilepath, filepath, ignoreCache: true });
  const named = readSetting(env, 'AWS_PROFILE') ?? null;
  const name = named ?? 'default';
  // The SDK returns plain objects whose keys come from the files.
  const of = (file: typeof configFile, section: string) => (Object.hasOwn(file, section) ? file[section] : undefined);
  const profile = of(configFile, name);
  const hasKeys =
    givenAs(env, 'AWS_ACCESS_KEY_ID') !== undefined && givenAs(env, 'AWS_SECRET_ACCESS_KEY') !== undefined;
  const known = profile ?? of(credentialsFile, name);
  if (named !== null && known === undefined && !hasKeys)
    throw new MlctlError(
      'CONFIG_INVALID',
      `AWS_PROFILE names the profile "${shownText('AWS_PROFILE', named, 100)}", which is in neither ${printable(configFilepath)} nor ${printable(filepath)}`,
      {
        hint: 'name one that is there (aws configure list-profiles), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      },
    );
  const isIgnored =
    readSetting(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') ||
    profile?.['ignore_configured_endpoint_urls']?.toLowerCase() === 'true';
  const services = profile?.['services'] ? of(configFile, `services.${profile['services']}`) : undefined;
  const endpoint = services?.['s3.endpoint_url'] || profile?.['endpoint_url'] || null;
  return {
    name,
    endpoint: isIgnored ? null : endpoint,
    region: profile?.['region'] || of(credentialsFile, name)?.['region'] || null,
  };
}
