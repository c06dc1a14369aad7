// Turns a server's address into an HTTP client: its caller's headers, retries within one deadline, checked redirects, capped
// answers.
import type { IncomingMessage } from 'node:http';
import { MlctlError } from '../errors/error.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';
import { askAgain, RETRY_QUOTA } from './ask-again.js';
import { bodyOf } from './connect.js';
import type { HttpOptions, Line } from './line.js';
import { openAgents } from './open-agents.js';
import { abortReason } from './retry.js';
import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from './types.js';
import { shown, unreachable } from './unreachable.js';

const MOST_BYTES = 64 * 1024 * 1024;

export function openHttp(world: World, options: HttpOptions): HttpClient {
  if (readSetting(world.env, 'MLCTL_OFFLINE'))
    throw new MlctlError('OFFLINE', 'the network is off, but this needs an HTTP server', {
      hint: 'leave out --offline (MLCTL_OFFLINE), or name a store or a folder on this machine',
    });
  const agents = openAgents(options.tls, options.retry.timeoutMs);
  const line: Line = { world, options, agents, quota: RETRY_QUOTA, answered: false };
  return {
    send: (request) =>
      askAgain(request, line, async (incoming, text): Promise<HttpResponse> => {
        const status = incoming.statusCode ?? 0;
        if (text !== null) return { status, headers: headersOf(incoming), body: Buffer.from(text) };
        const chunks: Uint8Array[] = [];
        for await (const chunk of bodyOf(incoming, request.maxBytes ?? MOST_BYTES, request.signal ?? world.signal))
          chunks.push(chunk);
        return { status, headers: headersOf(incoming), body: Buffer.concat(chunks) };
      }),
    stream: (request) =>
      askAgain(request, line, async (incoming, text): Promise<HttpStream> => {
        // A body that is never read must not keep the process alive.
        incoming.socket?.unref();
        return {
          status: incoming.statusCode ?? 0,
          headers: headersOf(incoming),
          body: text === null ? explained(request, incoming, line) : only(Buffer.from(text)),
          discard: () => void incoming.destroy(),
        };
      }),
    close: () => agents.close(),
  };
}

/** The body of a stream: node's errors in our words. */
async function* explained(
  request: HttpRequest,
  incoming: IncomingMessage,
  { world, options }: Line,
): AsyncGenerator<Uint8Array> {
  const what = `${request.method} ${shown(request.url)}`;
  incoming.socket?.ref();
  try {
    yield* bodyOf(incoming, request.maxBytes ?? Number.MAX_SAFE_INTEGER, world.signal);
  } catch (error) {
    if (error instanceof MlctlError) throw error;
    if (world.signal.aborted) throw abortReason(world.signal, what);
    throw unreachable(
      what,
      request.url,
      { error: error as NodeJS.ErrnoException, retries: 0, proxy: null },
      options.advice,
    );
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function headersOf(incoming: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
