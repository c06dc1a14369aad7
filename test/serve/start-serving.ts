// A server on a free port for tests, over real models, and how it is asked.
import type { ServeRequest } from '../../src/serve/serve-request.js';
import { startServer } from '../../src/serve/start-server.js';
import type { TestWorld } from '../support/worlds.js';

export const REQUEST: ServeRequest = {
  models: [{ uri: 'models:/iris_clf@champion' }],
  stores: {},
  host: '127.0.0.1',
  port: 0,
  schema: 'strict',
  errorDetail: 'full',
  maxBodyBytes: 2 ** 24,
  reloadIntervalMs: 0,
  timeoutMs: 20_000,
  workers: 1,
  allowLoad: false,
  token: null,
  hosts: new Set(['localhost', '127.0.0.1']),
  webhookSecret: null,
  tls: null,
  metrics: true,
  accessLog: null,
};

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: replies are JSON of many shapes.
  readonly json: any;
}

export async function startServing(world: TestWorld, request: Partial<ServeRequest> = {}) {
  const server = await startServer(world, { ...REQUEST, ...request });
  const ask = async (path: string, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(`${server.url}${path}`, init);
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      // Not every reply is JSON.
    }
    return { status: response.status, type: response.headers.get('content-type'), text, json };
  };
  return {
    ...server,
    ask,
    post: (path: string, body: unknown, type = 'application/json') =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': type },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => server.stop(0),
  };
}
