// The straight way past MLflow's artifact proxy: parts of large uploads to presigned addresses, downloads from one (mlflow-wire §6).
import { stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { MlctlError } from '../errors/error.js';
import type { Server } from '../http/open-server.js';
import { type JsonMap, jsonObject, refusalOf, signInError } from '../http/refusal.js';
import type { HttpResponse } from '../http/types.js';
import { printable } from '../uri/printable.js';
import { redactUri } from '../uri/redact.js';
import type { World } from '../world.js';
import { type Opened, sizeOfWhole, skipping } from './resuming.js';
import { partSizeFor, sendInParts } from './send-in-parts.js';

/** Time for the server to forget an upload, also when the command itself is being stopped. */
const ABORT_MS = 3000;

export interface ProxyDirect {
  /** False where the server cannot: then the plain way is left. `part` sizes by MLflow's variables. */
  upload(folder: string, name: string, file: string, sent: (bytes: number) => void): Promise<boolean>;
  /** null where the server cannot. */
  download(path: string, offset: number): Promise<Opened | null>;
}

/** Request headers the server may ask for towards the storage; never a credential of ours. */
const ALLOWED_HEADER = /^(?:x-(?:amz|ms|goog)-[a-z0-9-]{1,60}|content-(?:type|md5|encoding)|cache-control)$/;

/** An address the server gave us to send bytes to or fetch them from. Refused: other schemes, cloud metadata services. */
function storageUrl(value: unknown, base: URL): URL {
  let url: URL | null = null;
  try {
    if (typeof value === 'string' && value.length <= 16_384) url = new URL(value);
  } catch {
    // Refused below.
  }
  const host = url?.hostname.replace(/^\[|\]$/g, '').toLowerCase() ?? '';
  const fault =
    url === null
      ? 'is no address'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && base.protocol === 'http:')
        ? `has the scheme ${url.protocol}`
        : url.username !== '' || url.password !== ''
          ? 'holds a sign-in'
          : (isIP(host) === 4 && host.startsWith('169.254.')) ||
              /^(?:fe80:|::ffff:a9fe:)/.test(host) ||
              /^metadata\./.test(host)
            ? 'is a metadata service of the machine'
            : null;
  if (url === null || fault !== null) {
    throw new MlctlError(
      'REMOTE_REFUSED',
      `the server ${base.host} gave ${printable(redactUri(String(value).split(/[?#]/)[0] ?? ''), 120)} as the place of an artifact, which ${fault}`,
      { hint: 'nothing was sent there; treat that server as hostile' },
    );
  }
  return url;
}

function storageHeaders(value: unknown): Record<string, string> {
  const taken: Record<string, string> = {};
  if (typeof value !== 'object' || value === null) return taken;
  for (const [name, text] of Object.entries(value)) {
    const lower = name.toLowerCase();
    if (typeof text === 'string' && ALLOWED_HEADER.test(lower) && !/[\r\n\0]/.test(text)) taken[lower] = text;
  }
  return taken;
}

/** A server that does not know the route, or whose storage cannot do it. */
const cannot = (response: HttpResponse): boolean => [404, 405, 501, 503].includes(response.status);

export function proxyDirect(world: World, { http, foreign, base }: Server, rootPath: string): ProxyDirect {
  const service = `${base.pathname.replace(/\/+$/, '')}/api/2.0/mlflow-artifacts`;
  const urlOf = (route: string, path: string): URL =>
    new URL(`${service}/${route}/${path.split('/').map(encodeURIComponent).join('/')}`, base);
  const below = (path: string): string => [rootPath, path].filter((part) => part !== '').join('/');

  const post = (route: string, path: string, body: unknown, signal?: AbortSignal): Promise<HttpResponse> =>
    http.send({
      method: 'POST',
      url: urlOf(route, path),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      idempotent: false,
      ...(signal ? { signal } : {}),
    });

  function refused(what: string, response: HttpResponse): MlctlError {
    const refusal = refusalOf(response);
    return (
      signInError(what, refusal, base) ??
      new MlctlError('REMOTE_REFUSED', `${what}: ${refusal.status}: ${refusal.message}`, {
        details: { status: refusal.status },
      })
    );
  }

  function answerOf(what: string, response: HttpResponse): JsonMap {
    const json = response.status === 200 ? jsonObject(response.body) : null;
    if (json === null) throw refused(what, response);
    return json;
  }

  return {
    async upload(folder, name, file, sent) {
      const what = `upload of "${printable(name, 120)}" in parts`;
      const { size } = await stat(file);
      const wanted = Number(world.env['MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE'] || 10 * 1024 * 1024);
      const partSize = partSizeFor(size, Number.isFinite(wanted) ? wanted : 0);
      const count = Math.max(1, Math.ceil(size / partSize));
      const place = below(folder);
      const made = await post('mpu/create', place, { path: name, num_parts: count });
      if (cannot(made)) return false;
      const json = answerOf(what, made);
      const uploadId = typeof json['upload_id'] === 'string' ? json['upload_id'] : null;
      const credentials = Array.isArray(json['credentials']) ? (json['credentials'] as readonly unknown[]) : [];
      const targets = new Map<number, { url: URL; headers: Record<string, string> }>();
      try {
        for (const [index, entry] of credentials.slice(0, count).entries()) {
          const { url, part_number, headers } = (entry ?? {}) as Record<string, unknown>;
          targets.set(Number(part_number ?? index + 1), {
            url: storageUrl(url, base),
            headers: storageHeaders(headers),
          });
        }
        const parts = await sendInParts(file, size, partSize, async (number, bytes) => {
          const target = targets.get(number);
          if (!target)
            throw new MlctlError('REMOTE_REFUSED', `${what}: the server named no place for part ${number} of ${count}`);
          const answer = await foreign.send({ method: 'PUT', ...target, body: bytes, idempotent: true });
          const etag = answer.headers.get('etag');
          if (answer.status < 200 || answer.status > 299 || etag === undefined)
            throw refused(`${what}: part ${number}`, answer);
          sent(bytes.byteLength);
          return etag;
        });
        const done = await post('mpu/complete', place, {
          path: name,
          upload_id: uploadId,
          parts: parts.map(({ number, etag }) => ({ part_number: number, etag, url: targets.get(number)?.url.href })),
        });
        answerOf(what, done);
        return true;
      } catch (error) {
        if (uploadId !== null)
          await post('mpu/abort', place, { path: name, upload_id: uploadId }, AbortSignal.timeout(ABORT_MS)).catch(
            () => {},
          );
        throw error;
      }
    },

    async download(path, offset) {
      const what = `read "${printable(path, 120)}"`;
      const answer = await http.send({
        method: 'GET',
        url: urlOf('presigned', below(path)),
        idempotent: true,
        lasting: (status) => status === 500 || status === 503,
      });
      if (cannot(answer)) return null;
      const json = answerOf(what, answer);
      const url = storageUrl(json['url'], base);
      const stream = await foreign.stream({
        method: 'GET',
        url,
        headers: { ...storageHeaders(json['headers']), ...(offset > 0 ? { range: `bytes=${offset}-` } : {}) },
        idempotent: true,
      });
      if (stream.status !== 200 && stream.status !== 206) {
        throw new MlctlError('REMOTE_REFUSED', `${what}: ${url.host} answered ${stream.status}`, {
          details: { status: stream.status },
        });
      }
      const told = json['file_size'];
      return {
        body: stream.status === 200 && offset > 0 ? skipping(stream.body, offset) : stream.body,
        size: typeof told === 'number' && Number.isSafeInteger(told) ? told : sizeOfWhole(stream.headers, offset),
        etag: stream.headers.get('etag') ?? null,
      };
    },
  };
}
