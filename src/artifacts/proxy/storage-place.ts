// Turns what a server says about a place in its storage into an address and headers that we may use. They are checked, because
// the server may be hostile.
import { MlctlError } from '../../errors/error.js';
import type { Server } from '../../mlflow-server/open-server.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';

/** Request headers that the server may ask us to send to the storage; none of our credentials. */
const ALLOWED_HEADER = /^(?:x-(?:amz|ms|goog)-[a-z0-9-]{1,60}|content-(?:type|md5|encoding)|cache-control)$/;

/**
 * An address that the server gave us to send bytes to or fetch them from. Refused: other schemes, and addresses nearer than the
 * server's own.
 */
export async function storageUrl(value: unknown, { base, rule }: Server): Promise<URL> {
  let url: URL | null = null;
  try {
    if (typeof value === 'string' && value.length <= 16_384) url = new URL(value);
  } catch {
    // Refused below.
  }
  const fault =
    url === null
      ? 'is not an address'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && base.protocol === 'http:')
        ? `has the scheme ${url.protocol}`
        : url.username !== '' || url.password !== ''
          ? 'holds a sign-in'
          : await rule.faultOf(url);
  if (url !== null && fault === null) return url;
  const place =
    typeof value === 'string' ? printable(redactUri(value.split(/[?#]/)[0] ?? ''), 120) : `a ${typeof value}`;
  throw new MlctlError(
    'REMOTE_REFUSED',
    `the server ${base.host} gave ${place} as the place of an artifact, which ${fault}`,
    { hint: 'nothing was sent there; treat that server as hostile' },
  );
}

export function storageHeaders(value: unknown): Record<string, string> {
  const taken: Record<string, string> = {};
  if (typeof value !== 'object' || value === null) return taken;
  for (const [name, text] of Object.entries(value)) {
    const lower = name.toLowerCase();
    if (typeof text === 'string' && ALLOWED_HEADER.test(lower) && !/[\r\n\0]/.test(text)) taken[lower] = text;
  }
  return taken;
}
