// Turns what went wrong into a reply that says it in the words of the protocol asked for, without a path, a stack or a version.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MlctlError } from '../errors/error.js';
import type { ServerState } from './types.js';

export const isV2 = ({ url }: { readonly url: string }): boolean =>
  url === '/v2' || url.startsWith('/v2/') || url.startsWith('/v2?');

/** `code` is MLflow's word for it. */
export function saying(request: { readonly url: string }, code: string, message: string): Record<string, string> {
  return isV2(request) ? { error: message } : { error_code: code, message };
}

/** Status, MLflow's word, and what may be said, by the code of what a model threw. */
const OF_MODEL = new Map<string, readonly [status: number, code: string, message: string]>([
  ['MODEL_FAILED', [400, 'BAD_REQUEST', 'the model could not answer these rows, although they match its signature']],
  ['MODEL_TIMEOUT', [504, 'TEMPORARILY_UNAVAILABLE', 'the model did not answer in time, so it was stopped']],
  ['MODEL_CRASHED', [500, 'INTERNAL_ERROR', 'the process of the model died on these rows']],
  ['MODEL_BUSY', [503, 'TEMPORARILY_UNAVAILABLE', 'the model is busy: ask again later']],
  ['MODEL_NOT_FOUND', [503, 'TEMPORARILY_UNAVAILABLE', 'the model was unloaded']],
  ['DATA_INVALID', [400, 'BAD_REQUEST', 'the body cannot be read as a table']],
]);

/** What fastify itself refuses. */
const OF_REQUEST = new Map<number, string>([
  [408, 'the request took too long to arrive'],
  [413, 'the body is larger than this server accepts'],
  [414, 'the address is too long'],
]);

export function sayError(state: ServerState, thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const status = (thrown as { statusCode?: unknown })?.statusCode;
  if (thrown instanceof MlctlError) {
    const known = OF_MODEL.get(thrown.code);
    state.warn(`${request.method} ${request.routeOptions.url ?? 'unknown address'}: ${thrown.message}`);
    const [answered, code, message] = known ?? [500, 'INTERNAL_ERROR', 'the server could not answer'];
    if (answered === 503) reply.header('retry-after', '1');
    void reply.code(answered).send(saying(request, code, message));
  } else if (status === 503) {
    const said = saying(request, 'TEMPORARILY_UNAVAILABLE', 'the server is busy: ask again later');
    void reply.code(503).header('retry-after', '1').send(said);
  } else if (typeof status === 'number' && status >= 400 && status < 500) {
    const message = OF_REQUEST.get(status) ?? 'the request is not well-formed';
    void reply.code(status).send(saying(request, 'BAD_REQUEST', message));
  } else {
    state.warn(
      `${request.method} ${request.routeOptions.url ?? 'unknown address'}: ${String((thrown as Error)?.message ?? thrown)}`,
    );
    void reply.code(500).send(saying(request, 'INTERNAL_ERROR', 'the server could not answer'));
  }
}
