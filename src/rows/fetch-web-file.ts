// Turns an https:// (or http://) address that the user named into the bytes there, by our HTTP client: its proxies, retries and
// limits, no redirect to another server, and never a metadata service of this machine.
import { transferProgress } from '../artifacts/transfer-progress.js';
import { MlctlError } from '../errors/error.js';
import { addressRule } from '../http/addresses.js';
import { openHttp } from '../http/open-http.js';
import type { HttpStream } from '../http/types.js';
import { retrySettings } from '../settings/retry-settings.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';

const ADVICE = {
  unreachable: (_code: string, { host }: URL) => `check the address, and that this machine can reach ${host}`,
  redirected: 'name the final address of the file instead',
};

export async function fetchWebFile(world: World, address: string, mostBytes: number): Promise<Uint8Array> {
  const shown = printable(redactUri(address), 200);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null)
    throw new MlctlError('USAGE', `the data source ${shown} is not an address`, {
      hint: 'write https://host/path/to/file.csv',
    });
  const rule = addressRule(url);
  const fault = await rule.faultOf(url);
  if (fault !== null) throw new MlctlError('USAGE', `the data source ${shown} ${fault}`, { hint: 'name a file' });
  if (url.protocol === 'http:' && !isLoopback(url))
    world.warn(`${shown} is read over plain http, so others on the network can change it`);
  const headers = signInOf(url);
  const client = openHttp(world, {
    retry: retrySettings(world.env),
    userAgent: `mlctl/${VERSION}`,
    tls: { insecure: false, ca: null, clientCert: null, lookup: rule.lookup },
    headers,
    refusesRedirects: null,
    advice: ADVICE,
  });
  try {
    const answer = await client.stream({ method: 'GET', url, idempotent: true, maxBytes: mostBytes });
    refuseOther(answer, shown);
    const came = transferProgress('fetching data', lengthOf(answer), world.progress);
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      came(chunk.byteLength);
    }
    return Buffer.concat(chunks);
  } finally {
    client.close();
  }
}

const isLoopback = ({ hostname }: URL): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

const lengthOf = ({ headers }: HttpStream): number | null => {
  const length = Number(headers.get('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : null;
};

/** `https://user:password@host/…`; the address itself keeps neither. */
function signInOf(url: URL): Record<string, string> {
  const { username, password } = url;
  if (username === '' && password === '') return {};
  url.username = '';
  url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function refuseOther(answer: HttpStream, shown: string): void {
  const { status, headers } = answer;
  const page = /^text\/html\b/i.test(headers.get('content-type') ?? '');
  if (status === 200 && !page) return;
  answer.discard();
  if (status === 401 || status === 403)
    throw new MlctlError(
      status === 401 ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED',
      `${shown} needs a sign-in (status ${status})`,
      { hint: 'download the file, and name it in data.source or with --data' },
    );
  if (status === 404 || status === 410)
    throw new MlctlError('FILE_NOT_FOUND', `there is no data at ${shown} (status ${status})`, {
      hint: 'correct data.source or --data',
    });
  throw new MlctlError(
    'REMOTE_REFUSED',
    `${shown} answered with ${status === 200 ? 'a web page' : `status ${status}`}, not with a file`,
    { hint: 'name the address of the file itself: it often has "raw" or "download" in it' },
  );
}
