// Checks a tracking server: whether it answers, its version, the sign-in and the clocks.
import { openServer } from '../../mlflow-server/open-server.js';
import { existingStores } from '../../session/stores.js';
import { readSetting } from '../../settings/read-setting.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { withoutEnd } from '../../text/without-end.js';
import { monotonicMs, type World } from '../../world.js';
import { type Check, passed, skipped, warned } from '../check.js';
import { judgeArtifacts } from './artifacts.js';
import { withinDeadline } from './deadline.js';
import { failed } from './failed.js';
import { judgeRegistry } from './registry.js';
import type { DoctorRequest } from './request.js';

/** Beyond this S3 refuses every request. */
const S3_SKEW_MS = 15 * 60_000;
const WORTH_SAYING_MS = 60_000;

/** Doctor retries once with a timeout of ten seconds, unless the settings say otherwise, so that it does not hang like other commands. */
export const withShortWaits = (world: World): World => ({
  ...world,
  env: { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1', MLFLOW_HTTP_REQUEST_TIMEOUT: '10', ...world.env },
});

function judgeClock(skew: number | null): Check {
  if (skew === null) return skipped('the server does not send its time');
  const seconds = Math.round(skew / 1000);
  const details = { skew_seconds: seconds };
  if (Math.abs(skew) < WORTH_SAYING_MS) return passed('the clocks of this machine and the server agree', details);
  const message = `the clock of this machine is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server's`;
  const hint = 'set the clock: timedatectl set-ntp true';
  return Math.abs(skew) < S3_SKEW_MS
    ? warned(message, hint, details)
    : { status: 'fail', message: `${message}; S3 refuses requests from 15 minutes on`, hint, details };
}

/** What GET /version says; null where a proxy hides the route. */
async function askVersion(world: World, uri: string): Promise<{ version: string | null; skew: number | null }> {
  const { http, base } = await openServer(world, uri);
  const url = new URL(`${withoutEnd(base.pathname, '/')}/version`, base);
  const answer = await http.send({ method: 'GET', url, idempotent: true, maxBytes: 10_000 });
  const date = Date.parse(answer.headers.get('date') ?? '');
  const [version = null] = /^\d{1,3}(?:\.\w{1,10}){1,3}/.exec(Buffer.from(answer.body).toString('utf8').trim()) ?? [];
  return {
    version: answer.status === 200 ? version : null,
    skew: Number.isFinite(date) ? world.now() - date : null,
  };
}

interface ServerJudgement {
  readonly store: Check;
  readonly clock: Check;
  readonly registry: Check | null;
  readonly artifacts: Check;
}

export async function judgeServer(given: World, request: DoctorRequest, uri: string): Promise<ServerJudgement> {
  const shown = printable(redactUri(uri), 300);
  const unasked = skipped('not tried because the store did not answer');
  if (request.offline || readSetting(given.env, 'MLCTL_OFFLINE')) {
    const offline = skipped(`${shown} was not asked because the network is switched off`);
    return { store: offline, clock: offline, registry: null, artifacts: offline };
  }
  const world = withShortWaits(given);
  const stores = existingStores(world, request);
  const started = monotonicMs();
  let skew: number | null = null;
  let version: string | null = null;
  let asked = `${shown}, GET /version`;
  try {
    const answer = async (): Promise<Check> => {
      try {
        ({ version, skew } = await askVersion(world, uri));
        asked = `${shown}, the list of experiments`;
        const tracking = await stores.tracking();
        await tracking.searchExperiments({ maxResults: 1 });
        const elapsed = Math.round(monotonicMs() - started);
        asked = `${shown}, whether it has logged models`;
        const logged = (await tracking.hasLoggedModels())
          ? 'keeps logged models (MLflow 3)'
          : 'keeps models as run artifacts (MLflow 2)';
        return passed(`${shown}: MLflow ${version ?? 'of unknown version'} answered in ${elapsed} ms; it ${logged}`, {
          uri: shown,
          version,
          elapsed_ms: elapsed,
        });
      } catch (error) {
        return failed(error, { uri: shown, version });
      }
    };
    const store = await withinDeadline(world, () => asked, answer);
    const clock = judgeClock(skew);
    if (store.status === 'fail') return { store, clock, registry: null, artifacts: unasked };
    const artifacts = await judgeArtifacts(world, stores, { ...request, trackingUri: uri });
    return { store, clock, registry: await judgeRegistry(world, stores), artifacts };
  } finally {
    await stores.close();
  }
}
