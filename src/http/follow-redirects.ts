// Turns a request into the answer at the end of its redirects: each is checked, and few are followed.
import type { IncomingMessage } from 'node:http';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import { connect } from './connect.js';
import type { HttpOptions, Line } from './line.js';
import { proxyFor } from './proxy.js';
import type { HttpRequest } from './types.js';
import { shown } from './unreachable.js';

const MOST_REDIRECTS = 3;

/** Where a redirect leads: the same server, the same host from its usual http port to its usual https port, or elsewhere. */
export function stepTo(from: URL, to: URL): 'same' | 'upgrade' | 'elsewhere' {
  if (to.origin === from.origin) return 'same';
  const usual = from.port === '' && to.port === '';
  return usual && from.protocol === 'http:' && to.protocol === 'https:' && to.hostname === from.hostname
    ? 'upgrade'
    : 'elsewhere';
}

function headersFor(request: HttpRequest, url: URL, { userAgent, headers }: HttpOptions): Record<string, string> {
  const length = request.stream?.length ?? (request.body === undefined ? undefined : Buffer.byteLength(request.body));
  const own: Record<string, string> = {
    'user-agent': userAgent,
    accept: '*/*',
    'accept-encoding': 'identity',
    ...request.headers,
  };
  if (length !== undefined) own['content-length'] = String(length);
  else if (request.method !== 'GET' && request.method !== 'HEAD') own['content-length'] = '0';
  return stepTo(request.url, url) === 'elsewhere' ? own : { ...own, ...headers };
}

/** A server that answers with one of these has not acted, and asks for the same method and body at another address (RFC 9110). */
const SAME_AGAIN = new Set([307, 308]);

/**
 * Only redirects to the same server, or to https on the same host, are followed. What is not a GET is sent again only to the same
 * server, and only if the status asks for that.
 */
function redirected(
  request: HttpRequest,
  from: URL,
  { status, location, hops }: { readonly status: number; readonly location: string; readonly hops: number },
  options: HttpOptions,
): URL {
  const refuse = (why: string): MlctlError =>
    new MlctlError(
      'REMOTE_REFUSED',
      `${request.method} ${shown(from)} was redirected to ${printable(redactUri(location), 200)}: ${why}`,
      { hint: options.advice.redirected },
    );
  let to: URL;
  try {
    to = new URL(location, from);
  } catch {
    throw refuse('that is not an address');
  }
  if (options.refusesRedirects !== null) throw refuse(options.refusesRedirects);
  if (hops >= MOST_REDIRECTS) throw refuse(`more than ${MOST_REDIRECTS} redirects`);
  const step = stepTo(from, to);
  if (step === 'elsewhere') throw refuse('another server is not followed');
  const sendsAgain = step === 'same' && SAME_AGAIN.has(status);
  if (request.method !== 'GET' && request.method !== 'HEAD' && !sendsAgain)
    throw refuse(`a ${request.method} is not sent again after a ${status}`);
  return to;
}

export async function followRedirects(request: HttpRequest, line: Line): Promise<IncomingMessage> {
  const { world, options, agents } = line;
  const { timeoutMs } = options.retry;
  let url = request.url;
  for (let hops = 0; ; hops += 1) {
    const proxy = proxyFor(url, world.env);
    const incoming = await connect(request, {
      url,
      headers: headersFor(request, url, options),
      agent: agents.of(url, proxy),
      proxy,
      signal: request.signal ?? world.signal,
      timeoutMs: Math.min(timeoutMs, request.timeoutMs ?? timeoutMs),
    });
    const status = incoming.statusCode ?? 0;
    const location = incoming.headers.location;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return incoming;
    incoming.destroy();
    url = redirected(request, url, { status, location, hops }, options);
  }
}
