// Turns a request into one exchange over node:http or node:https. A body that ends too early is an error.
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { proxyAuthorization } from './proxy.js';
import type { HttpRequest } from './types.js';

interface Connection {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: unknown;
  readonly proxy: URL | null;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/**
 * Larger bodies are sent only once the server asks for them: a refusal (413, 401) during the upload would be lost in the reset.
 */
const ASK_FIRST_FROM = 1_000_000;
/** Servers that do not know the question get the body after this. */
const ASK_FIRST_MS = 1000;

/** Sends, and resolves when the response's headers are there. Rejects with node's own error. */
export async function connect(request: HttpRequest, connection: Connection): Promise<IncomingMessage> {
  const { url, proxy, timeoutMs } = connection;
  const plainProxy = proxy !== null && url.protocol === 'http:';
  const target = plainProxy ? proxy : url;
  const asksFirst = (request.stream?.length ?? 0) >= ASK_FIRST_FROM;
  const secure = target.protocol === 'https:';
  const { request: open } = secure ? await import('node:https') : await import('node:http');
  const options: RequestOptions = {
    method: request.method,
    hostname: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port || (secure ? 443 : 80),
    path: plainProxy ? url.href.replace(/^(https?:\/\/)[^/@]*@/, '$1') : url.pathname + url.search,
    headers: {
      host: url.host,
      ...connection.headers,
      ...(asksFirst ? { expect: '100-continue' } : {}),
      ...(plainProxy ? proxyAuthorization(proxy) : {}),
    },
    agent: connection.agent as HttpsAgent,
    signal: connection.signal,
    // Set as an option, so that it also counts while the connection is being made.
    timeout: timeoutMs,
  };
  return new Promise((resolve, reject) => {
    let answered = false;
    const outgoing = open(options, (incoming) => {
      answered = true;
      // 101 without the headers of it comes as an answer.
      if ((incoming.statusCode ?? 0) < 200)
        return void outgoing.destroy(notAnswered(`it answered ${incoming.statusCode}`));
      // A connection whose request was never finished cannot be used again.
      if (!outgoing.writableEnded) incoming.once('close', () => outgoing.destroy());
      resolve(incoming);
    });
    // Any silence of the socket, while sending or receiving: every byte restarts the timer of a socket in use.
    outgoing.on('timeout', () => outgoing.destroy(timedOut(timeoutMs)));
    outgoing.on('error', reject);
    // For requests that end without an answer or an error: a promise that never settles would end the program with exit 0.
    outgoing.on('close', () => reject(notAnswered('the connection was closed')));
    const { stream } = request;
    if (stream === undefined) {
      outgoing.end(request.body);
      return;
    }
    let begun = false;
    const send = () => {
      if (begun || answered || outgoing.destroyed) return;
      begun = true;
      pipeline(Readable.from(stream.open(), { objectMode: false }), outgoing).catch(reject);
    };
    if (!asksFirst) {
      send();
      return;
    }
    const late = setTimeout(send, ASK_FIRST_MS);
    outgoing.once('continue', () => {
      clearTimeout(late);
      send();
    });
    for (const event of ['response', 'error', 'close']) outgoing.once(event, () => clearTimeout(late));
    outgoing.flushHeaders();
  });
}

const notAnswered = (what: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${what}, and nothing came after it`), { code: 'ECONNRESET' });

function timedOut(ms: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`no byte for ${ms / 1000} s`), { code: 'ETIMEDOUT' });
}

/** The body, chunk by chunk. Throws when it ends before its declared length, grows beyond `maxBytes`, stalls or is stopped. */
export async function* bodyOf(
  incoming: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const declared = incoming.headers['content-length'];
  let got = 0;
  const stop = () => incoming.destroy(Object.assign(new Error('stopped'), { code: 'ABORT_ERR' }));
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of incoming) {
      got += (chunk as Uint8Array).length;
      if (got > maxBytes)
        throw Object.assign(new Error(`the answer is larger than ${maxBytes} bytes`), { code: 'ERR_TOO_LARGE' });
      yield chunk as Uint8Array;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    if (!incoming.complete) incoming.destroy();
  }
  if (!incoming.complete || (declared !== undefined && got !== Number(declared))) {
    throw Object.assign(new Error(`the answer was cut off after ${got} of ${declared ?? 'unknown'} bytes`), {
      code: 'ECONNRESET',
    });
  }
}

/** The first bytes of a body as text; the rest is not read. */
export async function beginningOf(incoming: IncomingMessage, bytes: number, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let got = 0;
  try {
    for await (const chunk of bodyOf(incoming, Number.MAX_SAFE_INTEGER, signal)) {
      chunks.push(chunk);
      got += chunk.length;
      if (got >= bytes) break;
    }
  } catch {
    // Whatever arrived is all there is.
  }
  return Buffer.concat(chunks).subarray(0, bytes).toString('utf8');
}
