// Turns a tracking URI into the client for that server, which its tracking API and its artifact proxy share.
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { MlctlError } from '../errors/error.js';
import { type AddressRule, addressRule } from '../http/addresses.js';
import { isLoopbackName } from '../http/host-name.js';
import type { TlsFiles } from '../http/open-agents.js';
import { openHttp } from '../http/open-http.js';
import type { HttpClient } from '../http/types.js';
import { readSetting } from '../settings/read-setting.js';
import { retrySettings } from '../settings/retry-settings.js';
import type { SettingName } from '../settings/settings.js';
import { shownText } from '../settings/shown-text.js';
import { redactUri } from '../text/redact.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { SERVER_ADVICE, STORAGE_ADVICE } from './advice.js';
import { credentialsPath } from './credentials-file.js';
import { signInHeaders, signInOf } from './sign-in.js';

const CLIENT = `mlctl/${VERSION}`;

export interface Server {
  readonly http: HttpClient;
  /** For places the server points at (presigned URLs): sends no sign-in and no client certificate, follows no redirects. */
  readonly foreign: HttpClient;
  readonly base: URL;
  /** Which places the server may point at. */
  readonly rule: AddressRule;
  close(): void;
}

async function textOf(file: string | null, setting: SettingName): Promise<string | null> {
  if (file === null) return null;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new MlctlError('CONFIG_INVALID', `${setting} names ${shownText(setting, file)}, which cannot be read`, {
      hint: `correct ${setting} or unset it`,
      cause,
    });
  }
}

/** What is trusted if nothing is set. Naming one more authority must not remove these. */
async function usualAuthorities(world: World): Promise<readonly string[]> {
  const extra = readSetting(world.env, 'NODE_EXTRA_CA_CERTS');
  const more = extra === undefined ? null : await readFile(extra, 'utf8').catch(() => null);
  return more === null ? rootCertificates : [...rootCertificates, more];
}

const opened = new WeakMap<World, Map<string, Promise<Server>>>();

/** The client that speaks to a tracking server: one per world, shared by its tracking API and its artifact proxy. */
export function openServer(world: World, trackingUri: string): Promise<Server> {
  const servers = opened.get(world) ?? new Map<string, Promise<Server>>();
  opened.set(world, servers);
  const known = servers.get(trackingUri) ?? connectTo(world, trackingUri);
  servers.set(trackingUri, known);
  return known;
}

async function connectTo(world: World, trackingUri: string): Promise<Server> {
  // `user:password@host` is also an address, with the scheme `user:`.
  const base = URL.canParse(trackingUri) ? new URL(trackingUri) : null;
  if (base === null || !/^https?:$/.test(base.protocol))
    throw new MlctlError(
      'CONFIG_INVALID',
      `the tracking URI ${redactUri(trackingUri)} is not the address of a server`,
      {
        hint: 'set MLFLOW_TRACKING_URI=http://host:5000',
      },
    );
  // The request would go to a host whose name is the beginning of the password.
  if (`${base.pathname}${base.search}${base.hash}`.includes('@'))
    throw new MlctlError('CONFIG_INVALID', `the tracking URI ${redactUri(trackingUri)} has an @ after its host`, {
      hint: 'write / in a password as %2F, ? as %3F and # as %23; write an @ of the path as %40',
    });
  const credentials = await readFile(credentialsPath(world.env), 'utf8').catch(() => null);
  const signIn = signInOf(world.env, credentials, base);
  base.username = '';
  base.password = '';
  const ca = await textOf(signIn.caFile, 'MLFLOW_TRACKING_SERVER_CERT_PATH');
  const clientCert = await textOf(signIn.clientCertFile, 'MLFLOW_TRACKING_CLIENT_CERT_PATH');
  if (base.protocol === 'http:' && signIn.authorization !== null && !isLoopbackName(base)) {
    world.warn(`the sign-in for ${base.host} is sent over plain http, so others on the network can read it`);
  }
  if (signIn.insecure && base.protocol === 'https:')
    world.warn(`MLFLOW_TRACKING_INSECURE_TLS: the certificate of ${base.host} is not checked`);
  const rule = addressRule(base);
  const common = { retry: retrySettings(world.env), userAgent: CLIENT };
  const http = openHttp(world, {
    ...common,
    tls: { insecure: signIn.insecure, ca, clientCert },
    headers: signInHeaders(signIn),
    refusesRedirects: readSetting(world.env, 'MLFLOW_ALLOW_HTTP_REDIRECTS')
      ? null
      : 'MLFLOW_ALLOW_HTTP_REDIRECTS is off',
    advice: SERVER_ADVICE,
  });
  const foreign = openHttp(world, {
    ...common,
    tls: { ...(await storageTls(world, signIn.insecure, ca)), lookup: rule.lookup },
    headers: {},
    refusesRedirects: 'a storage that a server names must not redirect',
    advice: STORAGE_ADVICE,
  });
  return {
    http,
    foreign,
    base,
    rule,
    close() {
      http.close();
      foreign.close();
    },
  };
}

/** A storage is trusted by the settings for S3, or by those for the server that names it. */
async function storageTls(world: World, insecure: boolean, ca: string | null): Promise<TlsFiles> {
  const bundle = await textOf(readSetting(world.env, 'AWS_CA_BUNDLE') ?? null, 'AWS_CA_BUNDLE');
  const usual = bundle === null && ca !== null ? await usualAuthorities(world) : [];
  const authorities = [...usual, bundle, ca].filter((one) => one !== null);
  return {
    insecure: insecure || readSetting(world.env, 'MLFLOW_S3_IGNORE_TLS'),
    ca: authorities.length === 0 ? null : authorities,
    clientCert: null,
  };
}
