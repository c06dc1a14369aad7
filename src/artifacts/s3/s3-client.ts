// Turns the settings into the SDK's client for their S3: credentials, certificates, proxy.
import { readFile } from 'node:fs/promises';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { forwardAgent } from '../../http/forward-agent.js';
import { openAgents } from '../../http/open-agents.js';
import { proxyFor } from '../../http/proxy.js';
import { readSetting } from '../../settings/read-setting.js';
import { retrySettings } from '../../settings/retry-settings.js';
import type { World } from '../../world.js';
import { capAnswers } from './s3-capped.js';
import { s3RetryStrategy } from './s3-retry-strategy.js';
import { type S3Settings, s3Settings } from './s3-settings.js';

const CONNECT_MS = 10_000;
/** A longer silence counts as a broken connection, even if the settings allow more. */
const LONGEST_SILENCE_MS = 60_000;

export const silenceMs = (env: World['env']): number => Math.min(LONGEST_SILENCE_MS, retrySettings(env).timeoutMs);

interface OpenedS3 {
  readonly client: S3Client;
  readonly settings: S3Settings;
}

export async function openS3Client(world: World): Promise<OpenedS3> {
  const { env } = world;
  if (readSetting(env, 'MLCTL_OFFLINE'))
    throw new MlctlError('OFFLINE', 'the network is off, but this needs S3', {
      hint: 'leave out --offline (MLCTL_OFFLINE)',
    });
  const settings = await s3Settings(env);
  const ca = await authorities(settings.caFile);
  if (settings.ignoreTls) world.warn('MLFLOW_S3_IGNORE_TLS: the certificate of the S3 server is not checked');
  const agents = openAgents({ insecure: settings.ignoreTls, ca, clientCert: null }, silenceMs(env));
  const target = new URL(settings.endpoint ?? `https://s3.${settings.region}.amazonaws.com`);
  const proxy = proxyFor(target, env);
  const forwarded = proxy !== null && target.protocol === 'http:';
  if (forwarded && proxy.protocol === 'https:')
    throw new MlctlError('CONFIG_INVALID', 'S3 by plain http through an https proxy is not supported', {
      hint: `add ${target.hostname} to NO_PROXY, or use https for S3`,
    });
  const agent = forwarded ? forwardAgent(proxy) : agents.of(target, proxy);
  const config: S3ClientConfig = {
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    requestChecksumCalculation: settings.checksums,
    responseChecksumValidation: settings.checksums,
    ...(forwarded ? { expectContinueHeader: false } : {}),
    // AWS, and servers that follow its rules, refuse signed chunks under 8 KiB.
    requestStreamBufferSize: 65_536,
    retryStrategy: s3RetryStrategy(world, target.host),
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      socketTimeout: silenceMs(env),
      httpAgent: agent,
      httpsAgent: agent,
    },
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    ...credentialsFor(env, settings),
  };
  const client = new S3Client(config);
  capAnswers(client, world.signal, silenceMs(env));
  return { client, settings };
}

async function authorities(file: string | null): Promise<string | null> {
  if (file === null) return null;
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new MlctlError('CONFIG_INVALID', `AWS_CA_BUNDLE names ${file}, which cannot be read`, {
      hint: 'correct AWS_CA_BUNDLE or unset it',
      cause,
    });
  });
}

/** The keys that the user set explicitly; else the SDK's own chain finds them. */
function credentialsFor(
  env: World['env'],
  { credentialsFrom }: S3Settings,
): Pick<S3ClientConfig, 'profile' | 'credentials'> {
  const profile = readSetting(env, 'AWS_PROFILE');
  const token = readSetting(env, 'AWS_SESSION_TOKEN');
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(credentialsFrom === 'AWS_ACCESS_KEY_ID'
      ? {
          credentials: {
            accessKeyId: readSetting(env, 'AWS_ACCESS_KEY_ID') ?? '',
            secretAccessKey: readSetting(env, 'AWS_SECRET_ACCESS_KEY') ?? '',
            ...(token === undefined ? {} : { sessionToken: token }),
          },
        }
      : {}),
  };
}
