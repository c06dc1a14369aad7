// A tracking server as doctor sees it: does it answer, which version is it, is the sign-in right, do the clocks agree.
import { MlctlError } from '../errors/error.js';
import { openServer } from '../http/open-server.js';
import { printable } from '../uri/printable.js';
import { redactText, redactUri } from '../uri/redact.js';
import type { World } from '../world.js';
import { probeArtifacts } from './doctor-probe.js';
import { lazyStores } from './stores.js';
import type { DoctorCheckDocument, DoctorRequest } from './types.js';

type Check = Omit<DoctorCheckDocument, 'name'>;

/** Beyond this S3 refuses every signature. */
const S3_SKEW_MS = 15 * 60_000;
const WORTH_SAYING_MS = 60_000;

/** A doctor that waits as long as the patient is of no help: one retry, ten seconds, unless the settings say otherwise. */
export const impatient = (world: World): World => ({
  ...world,
  env: { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1', MLFLOW_HTTP_REQUEST_TIMEOUT: '10', ...world.env },
});

export function failure(error: unknown, details: Check['details']): Check {
  if (!(error instanceof MlctlError)) throw error;
  return {
    status: 'fail',
    message: redactText(error.message),
    hint: error.hint?.replace(/;? *(?:or )?try:? `?mlctl doctor`?/, '') ?? null,
    details: { ...details, code: error.code },
    exit_code: error.exitCode,
  };
}

const skipped = (message: string): Check => ({ status: 'skip', message, hint: null, details: {}, exit_code: 0 });

export function judgeClock(skew: number | null): Check {
  if (skew === null) return skipped('the server does not tell its time');
  const seconds = Math.round(skew / 1000);
  const details = { skew_seconds: seconds };
  if (Math.abs(skew) < WORTH_SAYING_MS)
    return { status: 'pass', message: 'this clock and the server’s agree', hint: null, details, exit_code: 0 };
  const message = `this clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server's`;
  const hint = 'set the clock: timedatectl set-ntp true';
  return Math.abs(skew) < S3_SKEW_MS
    ? { status: 'warn', message, hint, details, exit_code: 0 }
    : { status: 'fail', message: `${message}; S3 refuses signatures from 15 minutes on`, hint, details, exit_code: 1 };
}

/** What GET /version says; null where a proxy hides the route. */
async function askVersion(world: World, uri: string): Promise<{ version: string | null; skew: number | null }> {
  const { http, base } = await openServer(world, uri);
  const url = new URL(`${base.pathname.replace(/\/+$/, '')}/version`, base);
  const answer = await http.send({ method: 'GET', url, idempotent: true, maxBytes: 10_000 });
  const date = Date.parse(answer.headers.get('date') ?? '');
  const [version = null] = /^\d{1,3}(?:\.\w{1,10}){1,3}/.exec(Buffer.from(answer.body).toString('utf8').trim()) ?? [];
  return {
    version: answer.status === 200 ? version : null,
    skew: Number.isFinite(date) ? world.now() - date : null,
  };
}

export interface ServerJudgement {
  readonly store: Check;
  readonly clock: Check;
  readonly registry: Check | null;
  readonly artifacts: Check;
}

/** The experiment whose artifact location is tried: the one that is set, else the default one. */
async function locationOf(
  world: World,
  request: DoctorRequest,
  tracking: Awaited<ReturnType<ReturnType<typeof lazyStores>['tracking']>>,
) {
  const name = request.experiment ?? world.env['MLFLOW_EXPERIMENT_NAME'];
  const found =
    (name === undefined ? null : await tracking.getExperimentByName(name)) ??
    (await tracking.getExperiment((name === undefined ? world.env['MLFLOW_EXPERIMENT_ID'] : undefined) ?? '0'));
  return found?.artifactLocation ?? null;
}

export async function judgeServer(given: World, request: DoctorRequest, uri: string): Promise<ServerJudgement> {
  const shown = printable(redactUri(uri), 300);
  const unasked = skipped('not tried: the store did not answer');
  if (request.offline || /^(?:1|true|yes|on)$/i.test(given.env['MLCTL_OFFLINE'] ?? '')) {
    const offline = skipped(`${shown} was not asked: --offline`);
    return { store: offline, clock: offline, registry: null, artifacts: offline };
  }
  const world = impatient(given);
  const stores = lazyStores(world, request);
  const started = performance.now();
  let skew: number | null = null;
  let version: string | null = null;
  let store: Check;
  try {
    ({ version, skew } = await askVersion(world, uri));
    const tracking = await stores.tracking();
    await tracking.searchExperiments({ maxResults: 1 });
    const elapsed = Math.round(performance.now() - started);
    const logged = (await tracking.hasLoggedModels())
      ? 'keeps logged models (MLflow 3)'
      : 'keeps models as run artifacts (MLflow 2)';
    store = {
      status: 'pass',
      message: `${shown}: MLflow ${version ?? 'of unknown version'} answered in ${elapsed} ms; it ${logged}`,
      hint: null,
      details: { uri: shown, version, elapsed_ms: elapsed },
      exit_code: 0,
    };
  } catch (error) {
    await stores.close();
    return {
      store: failure(error, { uri: shown, version }),
      clock: judgeClock(skew),
      registry: null,
      artifacts: unasked,
    };
  }
  try {
    const location = await locationOf(world, request, await stores.tracking()).catch((error: unknown) =>
      failure(error, {}),
    );
    const artifacts =
      location === null
        ? skipped('there is no experiment yet whose artifact location could be tried')
        : typeof location === 'string'
          ? await probeArtifacts(world, location, uri).catch((error: unknown) => failure(error, {}))
          : location;
    return { store, clock: judgeClock(skew), registry: await judgeRegistry(stores), artifacts };
  } finally {
    await stores.close();
  }
}

/** Only where it is another than the tracking store. */
async function judgeRegistry(stores: ReturnType<typeof lazyStores>): Promise<Check | null> {
  try {
    const registry = await stores.registry();
    if (registry === (await stores.tracking())) return null;
    await registry.searchRegisteredModels({ maxResults: 1 });
    const uri = printable(registry.uri, 300);
    return { status: 'pass', message: `${uri} answers`, hint: null, details: { uri }, exit_code: 0 };
  } catch (error) {
    return failure(error, {});
  }
}
