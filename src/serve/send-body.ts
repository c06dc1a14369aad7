// Turns a finished body into the reply: as it is, with the type of its protocol, and in one write to the socket if it is short.
import type { FastifyReply } from 'fastify';
import { recordAnswer } from './record-answer.js';
import type { ServerState } from './types.js';

/** fastify would add a charset to the type of a text, and would write bytes apart from the headers, which takes longer than the model. */
export function sendBody(
  records: Pick<ServerState, 'metrics' | 'log'>,
  reply: FastifyReply,
  status: number,
  contentType: string,
  body: string | Uint8Array,
): void {
  reply.hijack();
  recordAnswer(records, reply.request, status);
  reply.raw.writeHead(status, {
    'content-type': contentType,
    'content-length': typeof body === 'string' ? Buffer.byteLength(body) : body.length,
  });
  reply.raw.end(body);
}
