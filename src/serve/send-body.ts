// Turns a finished body into the reply: as it is, with the type of its protocol, and in one write to the socket if it is short.
import type { FastifyReply } from 'fastify';

/** fastify would add a charset to the type of a text, and would write bytes apart from the headers, which takes longer than the model. */
export function sendBody(reply: FastifyReply, status: number, contentType: string, body: string | Uint8Array): void {
  reply.hijack();
  reply.raw.writeHead(status, {
    'content-type': contentType,
    'content-length': typeof body === 'string' ? Buffer.byteLength(body) : body.length,
  });
  reply.raw.end(body);
}
