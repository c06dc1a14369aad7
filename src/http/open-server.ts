// A tracking URI into the client that speaks to that server: its tracking API and its artifact proxy share it.
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { MlctlError } from '../errors/error.js';
import { redactUri } from '../text/redact.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { type AddressRule, addressRule } from './addresses.js';
import { credentialsPath } from './credentials-file.js';
import { isLoopbackName } from './host-name.js';
import { openHttp } from './open-http.js';
import { httpSettings } from './settings.js';
import type { HttpClient } from './types.js';

const CLIENT = `mlctl/${VERSION}`;

export interface Server {
  readonly http: HttpClient;
  /** For places the server points at (presigned URLs): no sign-in, no client certificate, no redirects. */
  readonly foreign: HttpClient;
  readonly base: URL;
  /** Which places it may point at. */
  readonly rule: AddressRule;
  close(): void;
}

async function textOf(file: string | null, setting: string): Promise<string | null> {
  if (file === null) return null;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new MlctlError('CONFIG_INVALID', `${setting} names ${file}, which cannot be read`, {
      hint: `correct ${setting} or unset it`,
      cause,
    });
  }
}

/** What is trusted where nothing is set: naming one authority more must not take these away. */
async function usualAuthorities(world: World): Promise<readonly string[]> {
  const extra = world.env['NODE_EXTRA_CA_CERTS'] || null;
  const more = extra === null ? null : await readFile(extra, 'utf8').catch(() => null);
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
  let base: URL;
  try {
    base = new URL(trackingUri);
  } catch {
    throw new MlctlError('CONFIG_INVALID', `the tracking URI ${redactUri(trackingUri)} is not an address`, {
      hint: 'set MLFLOW_TRACKING_URI=http://host:5000',
    });
  }
  const credentials = await readFile(credentialsPath(world.env), 'utf8').catch(() => null);
  const settings = httpSettings(world.env, credentials, base);
  base.username = '';
  base.password = '';
  const ca = await textOf(settings.caFile, 'MLFLOW_TRACKING_SERVER_CERT_PATH');
  const clientCert = await textOf(settings.clientCertFile, 'MLFLOW_TRACKING_CLIENT_CERT_PATH');
  if (base.protocol === 'http:' && settings.authorization !== null && !isLoopbackName(base)) {
    world.warn(`the sign-in for ${base.host} goes over plain http: anyone on the way can read it`);
  }
  if (settings.insecure && base.protocol === 'https:')
    world.warn(`MLFLOW_TRACKING_INSECURE_TLS: the certificate of ${base.host} is not checked`);
  // A storage is trusted by what the settings say about S3 or about the server that names it.
  const bundle = await textOf(world.env['AWS_CA_BUNDLE'] || null, 'AWS_CA_BUNDLE');
  const usual = bundle === null && ca !== null ? await usualAuthorities(world) : [];
  const authorities = [...usual, bundle, ca].filter((one) => one !== null);
  const rule = addressRule(base);
  const storage = {
    insecure: settings.insecure || /^(?:true|1)$/i.test(world.env['MLFLOW_S3_IGNORE_TLS'] ?? ''),
    ca: authorities.length === 0 ? null : authorities,
    clientCert: null,
    lookup: rule.lookup,
  };
  const nobody = { ...settings, authorization: null, workspace: null };
  const http = openHttp(world, settings, { insecure: settings.insecure, ca, clientCert }, CLIENT);
  const foreign = openHttp(world, nobody, storage, CLIENT, 'storage');
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
