// Turns the environment and the AWS profile into the S3 settings in use, as Python's MLflow and boto3 read them, for both the
// client and doctor.
import { MlctlError } from '../../errors/error.js';
import { givenAs, readSetting } from '../../settings/read-setting.js';
import { printable } from '../../text/printable.js';
import type { World } from '../../world.js';
import { type S3Profile, s3Profile } from './s3-profile.js';

export interface S3Settings {
  /** null for AWS itself. */
  readonly endpoint: string | null;
  /** The variable or the profile that names the endpoint. */
  readonly endpointFrom: string | null;
  readonly region: string;
  /** The variable or the profile that names the region; null if none does. */
  readonly regionFrom: string | null;
  readonly pathStyle: boolean;
  readonly ignoreTls: boolean;
  readonly caFile: string | null;
  /** AWS checks the checksum of every object. Other servers refuse the framing that carries it, or even store it. */
  readonly checksums: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED';
  /** The keys of the environment, those of the profile it names, or the SDK's own chain (profiles, roles, containers). */
  readonly credentialsFrom: 'AWS_ACCESS_KEY_ID' | 'AWS_PROFILE' | 'the default chain of AWS';
}

/** The environment beats the profile of ~/.aws/config. */
export async function s3Settings(env: World['env']): Promise<S3Settings> {
  const profile = await s3Profile(env);
  const { endpoint, endpointFrom } = endpointOf(env, profile);
  const host = endpoint === null ? 'amazonaws.com' : new URL(endpoint).hostname;
  const style = readSetting(env, 'MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE');
  const isAws = /(?:^|\.)amazonaws\.com(?:\.cn)?$/.test(host);
  const asked = readSetting(env, 'AWS_REQUEST_CHECKSUM_CALCULATION') ?? (isAws ? 'when_supported' : 'when_required');
  return {
    endpoint,
    endpointFrom,
    ...regionOf(env, profile),
    // Self-hosted servers rarely have a host name for each bucket.
    pathStyle: style === 'path' || (style === 'auto' && !isAws),
    ignoreTls: readSetting(env, 'MLFLOW_S3_IGNORE_TLS'),
    caFile: readSetting(env, 'AWS_CA_BUNDLE') ?? null,
    checksums: asked === 'when_supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
    credentialsFrom: credentialsOf(env),
  };
}

function endpointOf(env: World['env'], profile: S3Profile): Pick<S3Settings, 'endpoint' | 'endpointFrom'> {
  const variable = givenAs(env, 'MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL');
  const endpoint =
    readSetting(env, 'MLFLOW_S3_ENDPOINT_URL') ??
    readSetting(env, 'AWS_ENDPOINT_URL_S3') ??
    readSetting(env, 'AWS_ENDPOINT_URL') ??
    profile.endpoint;
  if (endpoint === null) return { endpoint, endpointFrom: null };
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint)) {
    // The most common mistake is an address without its scheme. The value may hold a password, so only a plain one is shown.
    const [, host = 'host:9000'] =
      /^(?:[a-z0-9]+:\/\/)?([a-z0-9][a-z0-9.-]{0,253}(?::\d{1,5})?)\/?$/i.exec(endpoint) ?? [];
    const name = variable ?? 'endpoint_url';
    throw new MlctlError('CONFIG_INVALID', `${name} is not an http(s) address`, {
      hint: `set ${name}${variable === undefined ? ' of the AWS profile to ' : '='}http://${host}`,
    });
  }
  return { endpoint, endpointFrom: variable ?? nameOf(profile) };
}

/** S3-compatible servers accept any region; us-east-1 is boto3's default for them. */
function regionOf(env: World['env'], profile: S3Profile): Pick<S3Settings, 'region' | 'regionFrom'> {
  const variable = givenAs(env, 'AWS_REGION', 'AWS_DEFAULT_REGION');
  const region = readSetting(env, 'AWS_REGION') ?? readSetting(env, 'AWS_DEFAULT_REGION') ?? profile.region;
  return region === null
    ? { region: 'us-east-1', regionFrom: null }
    : { region, regionFrom: variable ?? nameOf(profile) };
}

function credentialsOf(env: World['env']): S3Settings['credentialsFrom'] {
  const keys = givenAs(env, 'AWS_ACCESS_KEY_ID') !== undefined && givenAs(env, 'AWS_SECRET_ACCESS_KEY') !== undefined;
  if (keys) return 'AWS_ACCESS_KEY_ID';
  return givenAs(env, 'AWS_PROFILE') === undefined ? 'the default chain of AWS' : 'AWS_PROFILE';
}

const nameOf = ({ name }: S3Profile): string => `the AWS profile ${printable(name, 60)}`;
