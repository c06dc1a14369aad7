// Turns transfers past the artifact proxy into the calls that ask the server where in its storage the files are.

import { MlctlError } from '../../errors/error.js';
import { type JsonMap, jsonObject } from '../../http/json.js';
import type { HttpResponse } from '../../http/types.js';
import type { Server } from '../../mlflow-server/open-server.js';
import { refusalOf, signInError } from '../../mlflow-server/refusal.js';
import { isRefusal } from '../../mlflow-server/refusal-in.js';
import { withoutEnd } from '../../text/without-end.js';

/** One address and its headers. */
export const MOST_PLACE_BYTES = 1 << 20;

export interface DirectCalls {
  readonly server: Server;
  /** The path on the server that a path below the root means. */
  below(path: string): string;
  urlOf(route: string, path: string): URL;
  post(route: string, path: string, body: unknown, signal?: AbortSignal): Promise<HttpResponse>;
  refused(what: string, response: HttpResponse): MlctlError;
  /** Throws what was refused. */
  answerOf(what: string, response: HttpResponse): JsonMap;
}

/** Whether a server does not know the route, or its storage cannot do it. */
export const cannot = (response: HttpResponse): boolean => [404, 405, 501, 503].includes(response.status);

export function directCalls(server: Server, rootPath: string): DirectCalls {
  const { http, base } = server;
  const service = `${withoutEnd(base.pathname, '/')}/api/2.0/mlflow-artifacts`;
  const urlOf = (route: string, path: string): URL =>
    new URL(`${service}/${route}/${path.split('/').map(encodeURIComponent).join('/')}`, base);
  const refused = (what: string, response: HttpResponse): MlctlError => {
    const refusal = refusalOf(response);
    return (
      signInError(what, refusal, base) ??
      new MlctlError('REMOTE_REFUSED', `${what}: ${refusal.status}: ${refusal.message}`, {
        details: { status: refusal.status },
      })
    );
  };
  return {
    server,
    below: (path) => [rootPath, path].filter((part) => part !== '').join('/'),
    urlOf,
    post: (route, path, body, signal) =>
      http.send({
        method: 'POST',
        url: urlOf(route, path),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        idempotent: false,
        ...(signal ? { signal } : {}),
      }),
    refused,
    answerOf(what, response) {
      const json = response.status === 200 ? jsonObject(what, response.body) : null;
      if (json === null || isRefusal(json)) throw refused(what, response);
      return json;
    },
  };
}
