// Turns node's error about a server that was not reached, or that stopped in the middle, into words and advice.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactText, redactUri } from '../text/redact.js';
import { MOST_HEADER_BYTES } from './bound-answers.js';

/** Advice from the caller, who knows what kind of server it is and which settings apply to it. */
export interface Advice {
  /** `code` is node's, '' if there is none. */
  unreachable(code: string, url: URL): string;
  /** Advice for a redirect that is not followed. */
  readonly redirected: string;
}

export function shown(url: URL): string {
  return printable(redactUri(`${url.origin}${url.pathname}`), 200);
}

export function wordsOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'nothing listens there (connection refused)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name is not known';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was cut';
    case 'ETIMEDOUT':
      return 'no answer in time';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no route to that host';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'what answers there does not speak TLS';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another host name';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_GET_ISSUER_CERT':
      return 'its certificate is signed by an authority that is not known here';
    case 'HPE_HEADER_OVERFLOW':
      return `its answer has more than ${MOST_HEADER_BYTES} bytes of headers`;
    default:
      return printable(redactText(error.message), 200);
  }
}

/** Errors of a connection that was not made: behind a proxy, they are about the proxy. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

interface Unreachable {
  readonly error: NodeJS.ErrnoException;
  readonly retries: number;
  /** The proxy that the request goes through; null for a direct connection. */
  readonly proxy: URL | null;
}

export function unreachable(
  what: string,
  url: URL,
  { error, retries, proxy }: Unreachable,
  advice: Advice,
): MlctlError {
  const code = error.code ?? '';
  const details = { url: shown(url), cause: error.code ?? null, ...(proxy === null ? {} : { proxy: proxy.origin }) };
  const after = retries > 0 ? `, after ${retries + 1} tries` : '';
  if (proxy !== null && NOT_CONNECTED.has(code))
    return new MlctlError(
      'REMOTE_UNREACHABLE',
      `${what}: the proxy ${proxy.origin} cannot be reached: ${wordsOf(error)}${after}`,
      {
        hint: `correct HTTP_PROXY or HTTPS_PROXY, or go without it: export NO_PROXY=${url.hostname}`,
        details,
        cause: error,
      },
    );
  if (code === 'ERR_TOO_LARGE')
    return new MlctlError('REMOTE_LIMIT', `${what}: ${error.message}`, { details, cause: error });
  if (code === 'HPE_HEADER_OVERFLOW')
    return new MlctlError('REMOTE_LIMIT', `${what}: ${wordsOf(error)}`, {
      hint: 'check that the address is that of the server; a proxy before it may add headers',
      details,
      cause: error,
    });
  return new MlctlError('REMOTE_UNREACHABLE', `${what}: ${wordsOf(error)}${after}`, {
    hint: advice.unreachable(code, url),
    details,
    cause: error,
  });
}
