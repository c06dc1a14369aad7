// Turns a request to serve into a server that listens, and that stops when it is asked to: the whole life of `mlctl serve`.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { MlctlError } from '../errors/error.js';
import type { ModelFacts } from '../library/types.js';
import { monotonicMs, type World } from '../world.js';
import { buildApp } from './build-app.js';
import { openMetrics } from './metrics/open-metrics.js';
import { openAccessLog } from './open-access-log.js';
import { openServedModel } from './open-served-model.js';
import { Admission } from './overload/admission.js';
import type { ServeRequest } from './serve-request.js';
import type { ServedModel, ServerState } from './types.js';

/** How long a server that stops waits for requests that are still arriving. */
const PATIENCE_MS = 3000;
const CHECK_EVERY_MS = 100;

interface RunningServer {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly models: readonly ServedModel[];
  /** Says that it is not ready, answers what is under way, and closes. */
  stop(graceMs: number): Promise<void>;
}

export async function startServer(world: World, request: ServeRequest): Promise<RunningServer> {
  const { inside, started } = lifeOf(world);
  const models = await openModels(inside, request, (name, result) => state.metrics?.reloaded(name, result));
  const state = await stateOf(world, request, models);
  const close = async () => {
    await Promise.all(models.map((model) => model.unload()));
    await state.log?.close();
  };
  try {
    const { httpStack } = await import('./http-stack.js');
    const app = await buildApp(state, httpStack);
    const url = await listen(app, request);
    started();
    return {
      url,
      app,
      models,
      stop: async (graceMs) => {
        state.isDraining = true;
        await sleep(graceMs);
        await closeApp(app, state);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is under way is answered. A client that has not sent its whole request by then is cut off. */
async function closeApp(app: FastifyInstance, state: ServerState): Promise<void> {
  let waited = 0;
  const cutting = setInterval(() => {
    waited += CHECK_EVERY_MS;
    if (state.admission.underWay === 0 && waited >= PATIENCE_MS) app.server.closeAllConnections();
  }, CHECK_EVERY_MS);
  await app.close();
  clearInterval(cutting);
}

/** A model outlives the wish to stop until the last request is answered, and a slow registry must not end the server. */
function lifeOf(world: World): { readonly inside: World; started(): void } {
  const life = new AbortController();
  const end = () => life.abort(world.signal.reason);
  world.signal.addEventListener('abort', end, { once: true });
  if (world.signal.aborted) end();
  let isStarted = false;
  const noDeadline = () => {};
  return {
    inside: {
      ...world,
      signal: life.signal,
      remoteDeadline: () => (isStarted ? noDeadline : (world.remoteDeadline?.() ?? noDeadline)),
    },
    started: () => {
      isStarted = true;
      world.signal.removeEventListener('abort', end);
    },
  };
}

async function stateOf(world: World, request: ServeRequest, models: readonly ServedModel[]): Promise<Writable> {
  const state: Writable = {
    models: new Map(models.map((model) => [model.name, model])),
    options: request,
    metrics: null,
    log: null,
    isDraining: false,
    admission: new Admission(monotonicMs, setImmediate, () => models.reduce((sum, { workers }) => sum + workers, 0)),
    now: world.now,
    warn: world.warn,
  };
  const { httpStack } = await import('./http-stack.js');
  if (request.metrics)
    state.metrics = openMetrics(
      httpStack.prometheus,
      () => models,
      () => state.admission.underWay,
    );
  if (request.accessLog !== null) state.log = await openAccessLog(await httpStack.pino(), request.accessLog);
  return state;
}

type Writable = { -readonly [Key in keyof ServerState]: ServerState[Key] };

async function openModels(
  world: World,
  request: ServeRequest,
  count: (name: string, result: 'changed' | 'refused') => void,
): Promise<ServedModel[]> {
  const events = {
    changed: (name: string, before: ModelFacts, after: ModelFacts) => {
      count(name, 'changed');
      world.note(`${name}: version ${before.version} was replaced by version ${after.version}`);
    },
    refused: (name: string, error: MlctlError) => {
      count(name, 'refused');
      world.warn(`${name}: the version before still answers: ${error.message}`);
    },
  };
  const options = {
    ...request.stores,
    ...world,
    schema: request.schema,
    interval: request.reloadIntervalMs,
    timeoutMs: request.timeoutMs,
    workers: request.workers,
  };
  const models: ServedModel[] = [];
  try {
    for (const { name, uri } of request.models) {
      const model = await openServedModel(name, uri, options, events);
      models.push(model);
      if (models.some((other) => other !== model && other.name === model.name))
        throw new MlctlError('USAGE', `two models are called "${model.name}"`, {
          hint: 'give each a name of its own: mlctl serve first=URI second=URI',
        });
    }
    return models;
  } catch (error) {
    await Promise.all(models.map((model) => model.unload()));
    throw error;
  }
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { host, port }: ServeRequest): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new MlctlError(
      'USAGE',
      `cannot listen on ${host} port ${port}: ${code === 'EADDRINUSE' ? 'another program does' : message}`,
      {
        hint: 'choose another port, or 0 for any that is free',
        cause: error,
      },
    );
  }
}
