// Turns settings, the credentials file and the address into the sign-in for a tracking server: headers and certificates.
import { MlctlError } from '../errors/error.js';
import { decoded } from '../http/proxy.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import { parseCredentials } from './credentials-file.js';

interface SignIn {
  /** Value of the Authorization header for the tracking server. */
  readonly authorization: string | null;
  readonly workspace: string | null;
  readonly insecure: boolean;
  readonly caFile: string | null;
  readonly clientCertFile: string | null;
}

/** Ways to sign in that Python's MLflow has and mlctl does not: setting one is an error, and is not ignored. */
function refuseOtherWays(env: World['env']): void {
  const refuse = (name: string, found: string): never => {
    throw new MlctlError('CONFIG_INVALID', found, {
      hint: `unset ${name} and sign in by MLFLOW_TRACKING_USERNAME and _PASSWORD, or MLFLOW_TRACKING_TOKEN`,
    });
  };
  if (readSetting(env, 'MLFLOW_TRACKING_AUTH') !== undefined)
    refuse('MLFLOW_TRACKING_AUTH', 'MLFLOW_TRACKING_AUTH names a plug-in of Python MLflow, which mlctl does not have');
  if (readSetting(env, 'MLFLOW_TRACKING_AWS_SIGV4'))
    refuse(
      'MLFLOW_TRACKING_AWS_SIGV4',
      'MLFLOW_TRACKING_AWS_SIGV4 asks for signed requests to the tracking server, which mlctl does not make',
    );
}

/** A setting that goes into a header. The value itself must not reach an error message, which is what node's own check would print. */
function ofOneLine<Value extends string | null>(name: string, value: Value): Value {
  if (value !== null && /[\r\n\0]/.test(value))
    throw new MlctlError('CONFIG_INVALID', `${name} has a line break in it`, {
      hint: `set ${name} again without the line break`,
    });
  return value;
}

/**
 * Username and password give Basic and win over a token, which gives Bearer. The environment beats the credentials file, key by
 * key. User info in the URL comes last.
 */
export function signInOf(env: World['env'], credentialsFile: string | null, url: URL): SignIn {
  const stored = credentialsFile === null ? { username: null, password: null } : parseCredentials(credentialsFile);
  refuseOtherWays(env);
  const username = ofOneLine(
    'MLFLOW_TRACKING_USERNAME',
    readSetting(env, 'MLFLOW_TRACKING_USERNAME') || stored.username || decoded(url.username),
  );
  const password = ofOneLine(
    'MLFLOW_TRACKING_PASSWORD',
    readSetting(env, 'MLFLOW_TRACKING_PASSWORD') || stored.password || decoded(url.password),
  );
  const token = ofOneLine('MLFLOW_TRACKING_TOKEN', readSetting(env, 'MLFLOW_TRACKING_TOKEN') ?? null);
  const insecure = readSetting(env, 'MLFLOW_TRACKING_INSECURE_TLS');
  const caFile = readSetting(env, 'MLFLOW_TRACKING_SERVER_CERT_PATH') ?? null;
  if (insecure && caFile !== null)
    throw new MlctlError(
      'CONFIG_INVALID',
      'MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH are both set',
      { hint: 'unset one of them' },
    );
  const authorization =
    username && password
      ? `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
      : token
        ? `Bearer ${token}`
        : null;
  return {
    authorization,
    workspace: readSetting(env, 'MLFLOW_WORKSPACE') ?? null,
    insecure,
    caFile,
    clientCertFile: readSetting(env, 'MLFLOW_TRACKING_CLIENT_CERT_PATH') ?? null,
  };
}

/** Sent to the server itself, and never to a place it points at. */
export const signInHeaders = ({ authorization, workspace }: SignIn): Record<string, string> => ({
  ...(authorization === null ? {} : { authorization }),
  ...(workspace === null ? {} : { 'x-mlflow-workspace': workspace }),
});
