// The environment's words about HTTP, as Python's MLflow reads them: sign-in, certificates, proxies, retries.
import { MlctlError } from '../errors/error.js';
import type { World } from '../world.js';
import { parseCredentials } from './credentials-file.js';
import { decoded } from './proxy.js';

/** --offline, or MLCTL_OFFLINE: no network at all. */
export const isOffline = (env: World['env']): boolean => /^(?:1|true|yes|on)$/i.test(env['MLCTL_OFFLINE'] ?? '');

/** How long a request may be silent, how often and how far apart it is repeated, whatever server it goes to. */
interface RetrySettings {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly backoffFactorMs: number;
  readonly respectRetryAfter: boolean;
}

export interface HttpSettings extends RetrySettings {
  /** Value of the Authorization header for the tracking server. */
  readonly authorization: string | null;
  readonly workspace: string | null;
  readonly insecure: boolean;
  readonly caFile: string | null;
  readonly clientCertFile: string | null;
  readonly followRedirects: boolean;
}

function flag(env: World['env'], name: string, otherwise: boolean): boolean {
  const text = env[name]?.trim().toLowerCase();
  if (text === undefined || text === '') return otherwise;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new MlctlError('CONFIG_INVALID', `${name} is not one of true, false, 1, 0`, {
    hint: `set ${name}=true or unset it`,
  });
}

function number(env: World['env'], name: string, otherwise: number, most: number): number {
  const text = env[name]?.trim();
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new MlctlError('CONFIG_INVALID', `${name} is not a number of at least 0`, {
      hint: `unset ${name} for its default, ${otherwise}`,
    });
  return Math.min(value, most);
}

export function retrySettings(env: World['env']): RetrySettings {
  return {
    timeoutMs: number(env, 'MLFLOW_HTTP_REQUEST_TIMEOUT', 120, 3600) * 1000,
    retries: number(env, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES', 7, 10),
    backoffFactorMs: number(env, 'MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', 2, 120) * 125,
    respectRetryAfter: flag(env, 'MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER', true),
  };
}

/**
 * Username and password give Basic and win over a token, which gives Bearer; the environment beats the credentials file,
 * key by key; user info in the URL is what is left.
 */
export function httpSettings(env: World['env'], credentialsFile: string | null, url: URL): HttpSettings {
  const stored = credentialsFile === null ? { username: null, password: null } : parseCredentials(credentialsFile);
  for (const name of ['MLFLOW_TRACKING_AUTH', 'MLFLOW_TRACKING_AWS_SIGV4']) {
    const value = env[name] ?? '';
    if (value !== '' && !(name.endsWith('SIGV4') && !flag(env, name, false)))
      throw new MlctlError(
        'CONFIG_INVALID',
        name.endsWith('AUTH')
          ? 'MLFLOW_TRACKING_AUTH names a plug-in of Python MLflow, which mlctl does not have'
          : 'MLFLOW_TRACKING_AWS_SIGV4 asks for signed requests to the tracking server, which mlctl does not make',
        { hint: `unset ${name} and sign in by MLFLOW_TRACKING_USERNAME and _PASSWORD, or MLFLOW_TRACKING_TOKEN` },
      );
  }
  const username = env['MLFLOW_TRACKING_USERNAME'] || stored.username || decoded(url.username);
  const password = env['MLFLOW_TRACKING_PASSWORD'] || stored.password || decoded(url.password);
  const token = env['MLFLOW_TRACKING_TOKEN'] || null;
  const insecure = flag(env, 'MLFLOW_TRACKING_INSECURE_TLS', false);
  const caFile = env['MLFLOW_TRACKING_SERVER_CERT_PATH'] || null;
  if (insecure && caFile) {
    throw new MlctlError(
      'CONFIG_INVALID',
      'MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH are both set',
      { hint: 'unset one of them' },
    );
  }
  for (const [name, value] of [
    ['MLFLOW_TRACKING_TOKEN', token],
    ['MLFLOW_TRACKING_USERNAME', username],
    ['MLFLOW_TRACKING_PASSWORD', password],
  ] as const) {
    // The value itself must not reach an error message, which is what node's own check would print.
    if (value && /[\r\n\0]/.test(value))
      throw new MlctlError('CONFIG_INVALID', `${name} has a line break in it`, {
        hint: `set ${name} again without the line break`,
      });
  }
  const authorization =
    username && password
      ? `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
      : token
        ? `Bearer ${token}`
        : null;
  return {
    authorization,
    workspace: env['MLFLOW_WORKSPACE'] || null,
    insecure,
    caFile,
    clientCertFile: env['MLFLOW_TRACKING_CLIENT_CERT_PATH'] || null,
    ...retrySettings(env),
    followRedirects: flag(env, 'MLFLOW_ALLOW_HTTP_REDIRECTS', true),
  };
}
