// An MLflow server as a TrackingStore: version found out once, everything else by the calls of the other files here.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MlctlError } from '../../errors/error.js';
import { openHttp } from '../../http/open-http.js';
import { httpSettings } from '../../http/settings.js';
import type { HttpClient } from '../../http/types.js';
import { redactUri } from '../../uri/redact.js';
import type { World } from '../../world.js';
import type { TrackingStore } from '../store.js';
import { isUnknownRoute, openApi } from './call.js';
import { modelCalls } from './models.js';
import { registryCalls } from './registry.js';
import { runCalls } from './runs.js';

/** What MLflow's Python client calls itself, so that servers and logs know the protocol that is spoken. */
const CLIENT = 'mlctl';
const PROBE_MS = 3000;

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

/** The client that speaks to a tracking server; shared with its artifact proxy. */
export async function openServer(world: World, trackingUri: string): Promise<{ http: HttpClient; base: URL }> {
  let base: URL;
  try {
    base = new URL(trackingUri);
  } catch {
    throw new MlctlError('CONFIG_INVALID', `the tracking URI ${redactUri(trackingUri)} is no address`, {
      hint: 'set MLFLOW_TRACKING_URI=http://host:5000',
    });
  }
  const credentials = await readFile(join(world.env['HOME'] ?? homedir(), '.mlflow', 'credentials'), 'utf8').catch(
    () => null,
  );
  const settings = httpSettings(world.env, credentials, base);
  base.username = '';
  base.password = '';
  const ca = await textOf(settings.caFile, 'MLFLOW_TRACKING_SERVER_CERT_PATH');
  const clientCert = await textOf(settings.clientCertFile, 'MLFLOW_TRACKING_CLIENT_CERT_PATH');
  if (
    base.protocol === 'http:' &&
    settings.authorization !== null &&
    !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(base.hostname)
  ) {
    world.warn(`the sign-in for ${base.host} goes over plain http: anyone on the way can read it`);
  }
  if (settings.insecure && base.protocol === 'https:')
    world.warn(`MLFLOW_TRACKING_INSECURE_TLS: the certificate of ${base.host} is not checked`);
  return { http: openHttp(world, settings, { insecure: settings.insecure, ca, clientCert }, CLIENT), base };
}

export async function openRest(world: World, trackingUri: string): Promise<TrackingStore> {
  const { http, base } = await openServer(world, trackingUri);
  const api = openApi(http, base);

  let known: Promise<boolean> | undefined;
  /** Major version of /version; where a proxy hides that route, the logged-model route itself is tried (mlflow-wire: which way). */
  async function ask(): Promise<boolean> {
    const version = new URL(`${base.pathname.replace(/\/+$/, '')}/version`, base);
    const answer = await http
      .send({ method: 'GET', url: version, idempotent: true, timeoutMs: PROBE_MS, retries: 1, maxBytes: 10_000 })
      .catch(() => null);
    const major =
      answer?.status === 200
        ? /^(\d{1,3})\.\d+/.exec(Buffer.from(answer.body).toString('utf8').trim())?.[1]
        : undefined;
    if (major !== undefined) return Number(major) >= 3;
    const probe = await api.ask({
      method: 'POST',
      route: 'logged-models/search',
      body: { experiment_ids: ['0'], max_results: 1 },
      idempotent: true,
    });
    if (probe.ok) return true;
    if (isUnknownRoute(probe.refusal)) return false;
    return probe.refusal.errorCode !== '';
  }
  const hasLoggedModels = (): Promise<boolean> => {
    known ??= ask();
    return known;
  };

  return {
    kind: 'rest',
    uri: redactUri(base.href).replace(/\/$/, ''),
    hasLoggedModels,
    close: async () => http.close(),
    ...runCalls(api, base),
    ...modelCalls(api, hasLoggedModels),
    ...registryCalls(api, base),
  };
}
