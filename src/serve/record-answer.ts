// Turns an answer into what is counted and logged of it, when it is handed to the socket.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { monotonicMs } from '../world.js';
import { addressOf } from './address-of.js';
import type { ServerState } from './types.js';

type Records = Pick<ServerState, 'metrics' | 'log'>;

/** Records what fastify answers; whoever writes to the socket alone calls `recordAnswer`. */
export function addRecords(app: FastifyInstance, records: Records): void {
  app.decorateRequest('startedMs', 0);
  app.decorateRequest('outcome', null);
  if (records.metrics === null && records.log === null) return;
  app.addHook('onRequest', (request, _reply, done) => {
    request.startedMs = monotonicMs();
    done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    recordAnswer(records, request, reply.statusCode);
    done();
  });
}

export function recordAnswer({ metrics, log }: Records, request: FastifyRequest, status: number): void {
  if (metrics === null && log === null) return;
  const { outcome, method } = request;
  const ms = monotonicMs() - request.startedMs;
  metrics?.answered(request.routeOptions.url ?? 'none', method, status, ms / 1000);
  if (outcome !== null) metrics?.scored(outcome.model, outcome.rows, outcome.refused);
  log?.request({
    method,
    path: addressOf(request.url),
    status,
    ms: Math.round(ms * 1000) / 1000,
    client: request.ip,
    ...traceOf(request),
    outcome,
  });
}

/** As W3C writes it; anything else could be text of the client's choice. */
function traceOf({ headers: { traceparent } }: FastifyRequest): { traceparent?: string } {
  return typeof traceparent === 'string' && /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(traceparent)
    ? { traceparent }
    : {};
}
