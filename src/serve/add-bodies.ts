// Turns what arrives of a request into one body of bytes: within the limit of its route, and within what all bodies together may hold.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerState } from './types.js';

/** Bodies that are not whole yet hold at most so many bytes together, or one of the largest. */
const MOST_BYTES = 2 ** 28;

type Done = (error: Error | null, body?: Buffer) => void;

/** Every body arrives as bytes: its type is judged by the protocol of the route, and not by the framework. */
export function addBodies(app: FastifyInstance, state: ServerState): void {
  app.addHook('onRequest', (request, _reply, done) => {
    request.declaredType = request.headers['content-type'] ?? null;
    // Not deleted: an object that lost a key is slow to read.
    request.headers['content-type'] = undefined;
    done();
  });
  app.removeAllContentTypeParsers();
  const held = { bytes: 0, most: Math.max(MOST_BYTES, state.options.maxBodyBytes) };
  app.addContentTypeParser('*', (request, payload, done) => readBody(request, payload, held, done));
}

interface Held {
  bytes: number;
  readonly most: number;
}

const refusal = (statusCode: number): Error => Object.assign(new Error(`status ${statusCode}`), { statusCode });

function readBody(request: FastifyRequest, payload: NodeJS.ReadableStream, held: Held, done: Done): void {
  const limit = request.routeOptions.bodyLimit;
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    done(refusal(413));
    return;
  }
  let body: Buffer = Buffer.alloc(0);
  let length = 0;
  let isOver = false;
  const end = (error: Error | null) => {
    if (isOver) return;
    isOver = true;
    held.bytes -= length;
    if (error === null) done(null, body.length === length ? body : body.subarray(0, length));
    else done(error);
  };
  payload.on('data', (chunk: Buffer) => {
    if (isOver) return;
    const before = length;
    length += chunk.length;
    held.bytes += chunk.length;
    if (length > limit) end(refusal(413));
    else if (held.bytes > held.most) end(refusal(503));
    else if (before === 0) body = chunk;
    else {
      // Kept in one piece, because millions of small ones would take a hundred times their bytes.
      if (length > body.length) {
        const larger = Buffer.allocUnsafe(Math.min(limit, 2 * length));
        body.copy(larger, 0, 0, before);
        body = larger;
      }
      chunk.copy(body, before);
    }
  });
  payload.on('end', () => end(null));
  payload.on('error', end);
  payload.on('close', () => {
    // A whole body closes as well, and an error takes longer to make than a body takes to read.
    if (!isOver) end(refusal(400));
  });
}
