// Turns the address of an MLflow server into both ports: its version is asked for once, and the other files here make the calls.
import { openServer } from '../../mlflow-server/open-server.js';
import { redactUri } from '../../text/redact.js';
import { withoutEnd } from '../../text/without-end.js';
import type { World } from '../../world.js';
import type { MlflowStore } from '../mlflow-store.js';
import { isUnknownRoute, openApi } from './call.js';
import { modelCalls } from './model-calls.js';
import { registryCalls } from './registry-calls.js';
import { runCalls } from './run-calls.js';

const PROBE_MS = 3000;

export async function openRest(world: World, trackingUri: string): Promise<MlflowStore> {
  const server = await openServer(world, trackingUri);
  const { http, base } = server;
  const api = openApi(http, base, world.signal);

  let known: Promise<boolean> | undefined;
  /** Major version of /version; if a proxy hides that route, the logged-model route itself is tried. */
  async function ask(): Promise<boolean> {
    const version = new URL(`${withoutEnd(base.pathname, '/')}/version`, base);
    const answer = await http
      .send({ method: 'GET', url: version, idempotent: true, timeoutMs: PROBE_MS, retries: 1, maxBytes: 10_000 })
      .catch(() => null);
    const major =
      answer?.status === 200
        ? /^(\d{1,3})\.\d+/.exec(Buffer.from(answer.body).toString('utf8').trim())?.[1]
        : undefined;
    if (major !== undefined) return Number(major) >= 3;
    const call = {
      method: 'POST',
      route: 'logged-models/search',
      body: { experiment_ids: ['0'], max_results: 1 },
      idempotent: true,
    } as const;
    const probe = await api.ask(call);
    if (probe.ok) return true;
    if (isUnknownRoute(probe.refusal)) return false;
    // MLflow's own refusal counts as an answer; a missing sign-in or a broken server does not.
    if (probe.refusal.errorCode !== '' && probe.refusal.status < 500 && ![401, 403].includes(probe.refusal.status))
      return true;
    throw api.error(call, probe.refusal);
  }
  const hasLoggedModels = (): Promise<boolean> => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  const models = modelCalls(api, hasLoggedModels);
  const store: MlflowStore = {
    isRemote: true,
    uri: redactUri(base.href).replace(/\/$/, ''),
    hasLoggedModels,
    close: async () => server.close(),
    ...runCalls(api),
    ...models,
    ...registryCalls(api),
    hasLoggedModel: async (modelId) => (await models.getLoggedModel(modelId)) !== null,
    together: (work) => work(store),
  };
  return store;
}
