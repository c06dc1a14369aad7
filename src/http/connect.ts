// One try of one exchange over node:http or node:https: headers out, headers in, body as a stream that cannot end short.
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { HttpRequest } from './types.js';

export interface Connection {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: unknown;
  readonly proxy: URL | null;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Sends and answers when the response's headers are there. Rejects with node's own error. */
export async function connect(request: HttpRequest, connection: Connection): Promise<IncomingMessage> {
  const { url, proxy } = connection;
  const secure = url.protocol === 'https:';
  const plainProxy = proxy !== null && !secure;
  const { request: open } = secure ? await import('node:https') : await import('node:http');
  const target = plainProxy ? proxy : url;
  const options: RequestOptions = {
    method: request.method,
    hostname: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port || (target.protocol === 'https:' ? 443 : 80),
    path: plainProxy ? url.href.replace(/^(https?:\/\/)[^/@]*@/, '$1') : url.pathname + url.search,
    headers: { host: url.host, ...connection.headers, ...(plainProxy ? proxyAuthorization(proxy) : {}) },
    agent: connection.agent as HttpsAgent,
    signal: connection.signal,
  };
  return new Promise((resolve, reject) => {
    const outgoing = open(options, (incoming) => {
      incoming.setTimeout(connection.timeoutMs, () => incoming.destroy(timedOut(connection.timeoutMs)));
      resolve(incoming);
    });
    outgoing.setTimeout(connection.timeoutMs, () => outgoing.destroy(timedOut(connection.timeoutMs)));
    outgoing.on('error', reject);
    if (request.stream === undefined) {
      outgoing.end(request.body);
      return;
    }
    const { open: read } = request.stream;
    void (async () => {
      try {
        for await (const chunk of read()) {
          if (!outgoing.write(chunk))
            await new Promise<void>((go, stop) => outgoing.once('drain', go).once('error', stop).once('close', go));
          if (outgoing.destroyed) return;
        }
        outgoing.end();
      } catch (error) {
        outgoing.destroy(error as Error);
      }
    })();
  });
}

export function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function timedOut(ms: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`no byte for ${ms / 1000} s`), { code: 'ETIMEDOUT' });
}

/** The body, chunk by chunk; throws when it ends before its declared length or grows beyond `maxBytes`. */
export async function* bodyOf(incoming: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  const declared = incoming.headers['content-length'];
  let got = 0;
  for await (const chunk of incoming) {
    got += (chunk as Uint8Array).length;
    if (got > maxBytes) {
      incoming.destroy();
      throw Object.assign(new Error(`the answer is larger than ${maxBytes} bytes`), { code: 'ERR_TOO_LARGE' });
    }
    yield chunk as Uint8Array;
  }
  if (!incoming.complete || (declared !== undefined && got !== Number(declared))) {
    throw Object.assign(new Error(`the answer was cut off after ${got} of ${declared ?? 'unknown'} bytes`), {
      code: 'ECONNRESET',
    });
  }
}
