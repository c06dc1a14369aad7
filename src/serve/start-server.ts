// Turns a request to serve into a server that listens, and that stops when it is asked to: the whole life of `mlctl serve`.
import { setTimeout as sleep } from 'node:timers/promises';
import { MlctlError } from '../errors/error.js';
import type { World } from '../world.js';
import { buildApp } from './build-app.js';
import { openServedModel } from './open-served-model.js';
import type { ServeRequest } from './serve-request.js';
import type { ServedModel, ServerState } from './types.js';

interface RunningServer {
  readonly url: string;
  readonly models: readonly ServedModel[];
  /** Says that it is not ready, answers what is under way, and closes. */
  stop(graceMs: number): Promise<void>;
}

export async function startServer(world: World, request: ServeRequest): Promise<RunningServer> {
  const life = new AbortController();
  let isStarted = false;
  const endStart = () => {
    if (!isStarted) life.abort(world.signal.reason);
  };
  world.signal.addEventListener('abort', endStart, { once: true });
  if (world.signal.aborted) endStart();
  // A model outlives the wish to stop until the last request is answered, and a slow registry must not end the server.
  const inside: World = {
    ...world,
    signal: life.signal,
    remoteDeadline: () => (isStarted ? () => {} : (world.remoteDeadline?.() ?? (() => {}))),
  };
  const models = await openModels(inside, request);
  const state: ServerState = {
    models: new Map(models.map((model) => [model.name, model])),
    options: request,
    isDraining: false,
    warn: world.warn,
  };
  const close = () => Promise.all(models.map((model) => model.close()));
  try {
    const app = await buildApp(state);
    const url = await listen(app, request);
    isStarted = true;
    return {
      url,
      models,
      stop: async (graceMs) => {
        state.isDraining = true;
        await sleep(graceMs);
        await app.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openModels(world: World, request: ServeRequest): Promise<ServedModel[]> {
  const events = {
    changed: (name: string, before: { version: number | null }, after: { version: number | null }) =>
      world.note(`${name}: version ${before.version} was replaced by version ${after.version}`),
    refused: (name: string, error: MlctlError) =>
      world.warn(`${name}: the version before still answers: ${error.message}`),
  };
  const options = {
    ...request.stores,
    ...world,
    schema: request.schema,
    interval: request.reloadIntervalMs,
    timeoutMs: request.timeoutMs,
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
    await Promise.all(models.map((model) => model.close()));
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
