// Turns a request for what is not there into the reply of the protocol that it speaks.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isV2 } from './say-error.js';

export function sayNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const said = isV2(request) ? { error: 'there is nothing at this address' } : { detail: 'Not Found' };
  void reply.code(404).send(said);
}
