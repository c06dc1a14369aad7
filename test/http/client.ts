// A client of a server for tests: waits of milliseconds, no retries but those asked for.

import type { HttpRequest, HttpResponse } from '../../src/http/types.js';
import { openServer } from '../../src/mlflow-server/open-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const HOME = scratch();

export interface Client {
  get(path: string, more?: Partial<HttpRequest>): Promise<HttpResponse>;
  post(path: string, body: string, more?: Partial<HttpRequest>): Promise<HttpResponse>;
  readonly notes: readonly string[];
}

export async function client(url: string, env: Record<string, string> = {}, signal?: AbortSignal): Promise<Client> {
  const world = testWorld({
    env: {
      HOME,
      MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.01',
      MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.01',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '3',
      ...env,
    },
    ...(signal ? { signal } : {}),
  });
  const { http, base } = await openServer(world, url);
  return {
    notes: world.notes,
    get: (path, more = {}) => http.send({ method: 'GET', url: new URL(path, base), idempotent: true, ...more }),
    post: (path, body, more = {}) =>
      http.send({ method: 'POST', url: new URL(path, base), body, idempotent: false, ...more }),
  };
}
