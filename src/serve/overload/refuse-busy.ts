// Refuses a prediction while the server is busy, and reads its connection again after a while, so that answers do not wait for refusals.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { saying } from '../say-error.js';
import type { ServerState } from '../types.js';

/** Clients that ask again at once, and not when they were told to, are read again after this time: the longer, the more of them there are. */
const LEAST_HELD_MS = 100;
const MOST_HELD_MS = 200;
/** Refusing one takes a few hundredths of a millisecond, so that all of them together take a part of the time only. */
const EACH_MS = 0.1;
/** Connections whose next request may have come while they were held. */
const late = new WeakSet<Socket>();

export const isLate = ({ socket }: IncomingMessage): boolean => late.has(socket);

/** What is left of the body is thrown away by node. */
export function refuseBusy(state: ServerState, request: IncomingMessage, response: ServerResponse): void {
  const said = saying({ url: request.url! }, 'TEMPORARILY_UNAVAILABLE', 'the server is busy: ask again later');
  const body = JSON.stringify(said);
  response.writeHead(503, { 'content-type': 'application/json', 'content-length': body.length, 'retry-after': '1' });
  response.end(body);
  const done = () => hold(state, request.socket);
  response.once('close', () => (request.complete ? done() : request.once('end', done)));
  state.metrics?.scored('', 0, 'busy');
}

function hold({ admission }: ServerState, socket: Socket): void {
  admission.held += 1;
  const heldMs = Math.ceil(Math.min(Math.max(admission.held * EACH_MS, LEAST_HELD_MS), MOST_HELD_MS));
  socket.pause();
  setTimeout(() => {
    admission.held -= 1;
    late.add(socket);
    socket.resume();
    // What came meanwhile is read in the next turn of the event loop.
    setImmediate(() => setImmediate(() => late.delete(socket)));
  }, heldMs).unref();
}
