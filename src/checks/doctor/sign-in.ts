// Shows who signs in to the tracking server and how, and where each part comes from. The secret itself is never shown.
import { readFile } from 'node:fs/promises';
import { isLoopbackName } from '../../http/host-name.js';
import { credentialsPath, parseCredentials, type StoredSignIn } from '../../mlflow-server/credentials-file.js';
import { signInOf } from '../../mlflow-server/sign-in.js';
import { givenAs } from '../../settings/read-setting.js';
import type { SettingName } from '../../settings/settings.js';
import { printable } from '../../text/printable.js';
import { redactText } from '../../text/redact.js';
import type { World } from '../../world.js';
import { type Check, passed, skipped, warned } from '../check.js';
import { failed } from './failed.js';

export const CREDENTIALS = '~/.mlflow/credentials';

const isServer = (uri: string | undefined): uri is string => uri !== undefined && /^https?:\/\//i.test(uri);

const readCredentials = (world: World): Promise<string | null> =>
  readFile(credentialsPath(world.env), 'utf8').catch(() => null);

/** The contents of the credentials file, for the list of settings. The check reports a file that cannot be read. */
export async function storedSignIn(world: World, uris: readonly (string | undefined)[]): Promise<StoredSignIn> {
  const none = { username: null, password: null };
  if (!uris.some(isServer)) return none;
  try {
    return parseCredentials((await readCredentials(world)) ?? '');
  } catch {
    return none;
  }
}

/** In an address, a name without a password may be a token. */
const nameOf = (pair: string, from: string | null, passwordFrom: string | null): string =>
  from === 'the address' && passwordFrom !== from ? '***' : printable(redactText(pair.slice(0, pair.indexOf(':'))), 80);

/** null if no server is used. */
export async function judgeSignIn(world: World, uri: string | undefined): Promise<Check | null> {
  if (!isServer(uri)) return null;
  if (!URL.canParse(uri)) return skipped('the address of the server cannot be read');
  const url = new URL(uri);
  const { env } = world;
  try {
    const text = await readCredentials(world);
    const { authorization, clientCertFile, insecure } = signInOf(env, text, url);
    const stored = parseCredentials(text ?? '');
    /** In the order of signInOf. */
    const origin = (name: SettingName, inFile: string | null, inAddress: string): string | null =>
      givenAs(env, name) !== undefined ? name : inFile ? CREDENTIALS : inAddress ? 'the address' : null;
    const userFrom = origin('MLFLOW_TRACKING_USERNAME', stored.username, url.username);
    const passwordFrom = origin('MLFLOW_TRACKING_PASSWORD', stored.password, url.password);
    const basic = authorization?.startsWith('Basic ')
      ? Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8')
      : null;
    const user = basic === null ? null : nameOf(basic, userFrom, passwordFrom);
    const secretFrom = basic !== null ? passwordFrom : authorization === null ? null : 'MLFLOW_TRACKING_TOKEN';
    const who =
      basic !== null
        ? userFrom === passwordFrom
          ? `Basic as ${user}, from ${userFrom}`
          : `Basic as ${user}, user name from ${userFrom}, password from ${passwordFrom}`
        : authorization !== null
          ? 'Bearer, from MLFLOW_TRACKING_TOKEN'
          : 'no user name, password or token is sent';
    const certificate =
      clientCertFile === null
        ? ''
        : `; client certificate ${printable(clientCertFile, 200)} (MLFLOW_TRACKING_CLIENT_CERT_PATH)`;
    const message = `${who}${certificate}`;
    const details = {
      scheme: basic !== null ? 'basic' : authorization !== null ? 'bearer' : null,
      user,
      user_from: basic === null ? null : userFrom,
      secret_from: secretFrom,
      client_certificate: clientCertFile,
    };
    if (authorization === null && (userFrom ?? passwordFrom) !== null) {
      const [there, missing] = userFrom === null ? ['password', 'USERNAME'] : ['user name', 'PASSWORD'];
      return warned(
        `${message}: only the ${there} is set (${userFrom ?? passwordFrom}), not the ${there === 'password' ? 'user name' : 'password'}`,
        `export MLFLOW_TRACKING_${missing}=…, or write mlflow_tracking_${missing.toLowerCase()} = … to ${CREDENTIALS} under [mlflow]`,
        details,
      );
    }
    if (url.protocol === 'http:' && authorization !== null && !isLoopbackName(url))
      return warned(
        `${message}; it is sent over plain http, which others on the network can read`,
        'put a proxy with TLS in front of the server and set MLFLOW_TRACKING_URI=https://…',
        details,
      );
    if (url.protocol === 'https:' && insecure)
      return warned(
        `${message}; the server’s certificate is not checked`,
        'set MLFLOW_TRACKING_SERVER_CERT_PATH to its certificate authority and unset MLFLOW_TRACKING_INSECURE_TLS',
        details,
      );
    return passed(message, details);
  } catch (error) {
    return failed(error);
  }
}
