// Puts a refusal in front of the router: while more is asked than can be answered, a prediction that would be refused costs its headers only.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { addressOf } from '../address-of.js';
import type { ServerState } from '../types.js';
import { predictionRoute } from './prediction-route.js';
import { isLate, refuseBusy } from './refuse-busy.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export function refuseEarly({ server }: FastifyInstance, state: ServerState): void {
  const [router] = server.listeners('request') as Listener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const mayBeFull = state.admission.isOverloaded && request.method === 'POST';
    const route = mayBeFull ? predictionRoute(request.url!) : null;
    if (route === null || !state.admission.isFull(isLate(request))) {
      router!.call(server, request, response);
      return;
    }
    refuseBusy(state, request, response);
    state.metrics?.answered(route, 'POST', 503, 0);
    state.log?.request({
      method: 'POST',
      path: addressOf(request.url!),
      status: 503,
      ms: 0,
      client: request.socket.remoteAddress ?? '',
      outcome: null,
    });
  });
}
