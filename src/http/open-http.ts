// An HTTP client for one server: sign-in, retries within one deadline, redirects by hand, capped answers.
import type { IncomingMessage } from 'node:http';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import type { World } from '../world.js';
import { openAgents, type TlsFiles } from './agents.js';
import { beginningOf, bodyOf, connect } from './connect.js';
import { proxyFor } from './proxy.js';
import { abortReason, jitter, sleep, waitBefore, worthRetry } from './retry.js';
import { type HttpSettings, isOffline } from './settings.js';
import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from './types.js';
import { type Purpose, shown, unreachable, wordsOf } from './unreachable.js';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** Retries that may be used up before calls succeed again (each success gives one back): a server that fails everything is not hammered by every call anew. */
const RETRY_QUOTA = 40;
/** What of a failing answer is looked at. */
const LOOK_BYTES = 4096;

/** Where a redirect leads: the same server, the same host's usual https port from its usual http port, or elsewhere. */
export function stepTo(from: URL, to: URL): 'same' | 'upgrade' | 'elsewhere' {
  if (to.origin === from.origin) return 'same';
  const usual = from.port === '' && to.port === '';
  return usual && from.protocol === 'http:' && to.protocol === 'https:' && to.hostname === from.hostname
    ? 'upgrade'
    : 'elsewhere';
}

export function openHttp(
  world: World,
  settings: HttpSettings,
  files: TlsFiles,
  userAgent: string,
  purpose: Purpose = 'server',
): HttpClient {
  if (isOffline(world.env))
    throw new MlctlError('OFFLINE', 'the network is off, but this needs an HTTP server', {
      hint: 'leave out --offline (MLCTL_OFFLINE), or name a store or a folder on this machine',
    });
  const agents = openAgents(files, settings.timeoutMs);
  let quota = RETRY_QUOTA;

  function headersFor(request: HttpRequest, url: URL): Record<string, string> {
    const length = request.stream?.length ?? (request.body === undefined ? undefined : Buffer.byteLength(request.body));
    const own: Record<string, string> = {
      'user-agent': userAgent,
      accept: '*/*',
      'accept-encoding': 'identity',
      ...request.headers,
    };
    if (length !== undefined) own['content-length'] = String(length);
    else if (request.method !== 'GET' && request.method !== 'HEAD') own['content-length'] = '0';
    // Credentials go to the server that was asked, also by its safer way, and to nobody it points at.
    const sameServer = stepTo(request.url, url) !== 'elsewhere';
    if (sameServer && settings.authorization !== null) own['authorization'] = settings.authorization;
    if (sameServer && settings.workspace !== null) own['x-mlflow-workspace'] = settings.workspace;
    return own;
  }

  async function follow(request: HttpRequest): Promise<IncomingMessage> {
    let url = request.url;
    for (let hops = 0; ; hops += 1) {
      const proxy = proxyFor(url, world.env);
      const incoming = await connect(request, {
        url,
        headers: headersFor(request, url),
        agent: agents.of(url, proxy),
        proxy,
        signal: request.signal ?? world.signal,
        timeoutMs: Math.min(settings.timeoutMs, request.timeoutMs ?? settings.timeoutMs),
      });
      const status = incoming.statusCode ?? 0;
      const location = incoming.headers.location;
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return incoming;
      incoming.destroy();
      url = redirected(request, url, location, hops);
    }
  }

  /** Only the same server, or the same host upgraded to https, is followed, and only where nothing is sent along. */
  function redirected(request: HttpRequest, from: URL, location: string, hops: number): URL {
    const refuse = (why: string): MlctlError =>
      new MlctlError(
        'REMOTE_REFUSED',
        `${request.method} ${shown(from)} was redirected to ${printable(redactUri(location), 200)}: ${why}`,
        {
          hint:
            purpose === 'server'
              ? 'set MLFLOW_TRACKING_URI to the address the server really has'
              : 'the server should name the place where the files really are: ask who runs it',
        },
      );
    let to: URL;
    try {
      to = new URL(location, from);
    } catch {
      throw refuse('that is not an address');
    }
    if (purpose === 'storage') throw refuse('no storage that a server names is followed to another place');
    if (!settings.followRedirects) throw refuse('MLFLOW_ALLOW_HTTP_REDIRECTS is off');
    if (hops >= MOST_REDIRECTS) throw refuse(`more than ${MOST_REDIRECTS} redirects`);
    if (stepTo(from, to) === 'elsewhere') throw refuse('another server is not followed');
    if (request.method !== 'GET' && request.method !== 'HEAD') throw refuse(`a ${request.method} is not sent again`);
    return to;
  }

  async function attempt<T>(
    request: HttpRequest,
    use: (incoming: IncomingMessage, text: string | null) => Promise<T>,
  ): Promise<T> {
    const most = request.retries ?? settings.retries;
    const what = `${request.method} ${shown(request.url)}`;
    const signal = request.signal ?? world.signal;
    for (let tries = 0; ; tries += 1) {
      if (signal.aborted) throw abortReason(signal, what);
      let retryAfter: string | undefined;
      let told: string;
      let cause: unknown;
      try {
        const incoming = await follow(request);
        const status = incoming.statusCode ?? 0;
        if (!worthRetry(request, { status }) || tries >= most || quota <= 0) {
          const used = await use(incoming, null);
          if (status < 400) quota = Math.min(RETRY_QUOTA, quota + 1);
          return used;
        }
        retryAfter = incoming.headers['retry-after'];
        const text = await beginningOf(incoming, LOOK_BYTES, signal);
        if (request.lasting?.(status, text)) return await use(incoming, text);
        told = `the server answered ${status}`;
      } catch (error) {
        if (error instanceof MlctlError) throw error;
        if (signal.aborted) throw abortReason(signal, what);
        const fault = error as NodeJS.ErrnoException;
        if (!worthRetry(request, { error: fault }) || tries >= most || quota <= 0)
          throw unreachable(what, request.url, fault, tries, purpose);
        told = wordsOf(fault);
        cause = error;
      }
      quota -= 1;
      const wait = waitBefore(
        tries,
        settings.backoffFactorMs,
        settings.respectRetryAfter ? retryAfter : undefined,
        world.now(),
        jitter(),
      );
      world.note(`${what}: ${told}; trying again in ${(wait / 1000).toFixed(1)} s`);
      await sleep(wait, signal).catch(() => {
        const stopped = abortReason(signal, what);
        throw cause === undefined || stopped.exitCode !== 6
          ? stopped
          : unreachable(what, request.url, cause as NodeJS.ErrnoException, tries, purpose);
      });
    }
  }

  /** The body of a stream: node's errors in our words. */
  async function* explained(request: HttpRequest, incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
    const what = `${request.method} ${shown(request.url)}`;
    incoming.socket?.ref();
    try {
      yield* bodyOf(incoming, request.maxBytes ?? Number.MAX_SAFE_INTEGER, world.signal);
    } catch (error) {
      if (error instanceof MlctlError) throw error;
      if (world.signal.aborted) throw abortReason(world.signal, what);
      throw unreachable(what, request.url, error as NodeJS.ErrnoException, 0, purpose);
    }
  }

  return {
    send: (request) =>
      attempt(request, async (incoming, text): Promise<HttpResponse> => {
        const status = incoming.statusCode ?? 0;
        if (text !== null) return { status, headers: headersOf(incoming), body: Buffer.from(text) };
        const chunks: Uint8Array[] = [];
        for await (const chunk of bodyOf(incoming, request.maxBytes ?? MOST_BYTES, request.signal ?? world.signal))
          chunks.push(chunk);
        return { status, headers: headersOf(incoming), body: Buffer.concat(chunks) };
      }),
    stream: (request) =>
      attempt(request, async (incoming, text): Promise<HttpStream> => {
        // A body that nobody comes to read keeps no process alive.
        incoming.socket?.unref();
        return {
          status: incoming.statusCode ?? 0,
          headers: headersOf(incoming),
          body: text === null ? explained(request, incoming) : only(Buffer.from(text)),
          discard: () => void incoming.destroy(),
        };
      }),
    close: () => agents.close(),
  };
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
