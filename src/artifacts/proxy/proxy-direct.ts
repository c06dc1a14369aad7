// Sends parts of a large upload to presigned addresses, and downloads from one, past MLflow's artifact proxy.
import { stat } from 'node:fs/promises';
import { MlctlError } from '../../errors/error.js';
import type { Server } from '../../http/open-server.js';
import { type JsonMap, jsonObject, refusalOf, signInError } from '../../http/refusal.js';
import type { HttpResponse } from '../../http/types.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import type { World } from '../../world.js';
import { fileSize } from '../file-size.js';
import { type Opened, sizeOfWhole, skipping } from '../resuming.js';
import { partSizeFor, sendInParts } from '../s3/send-in-parts.js';

/** Time for the server to forget an upload, also when the command itself is being stopped. */
const ABORT_MS = 3000;
/** One address and its headers. */
const MOST_PLACE_BYTES = 1 << 20;

interface ProxyDirect {
  /** False where the server cannot: then the plain way is left. `part` sizes by MLflow's variables. */
  upload(folder: string, name: string, file: string, sent: (bytes: number) => void): Promise<boolean>;
  /** null where the server cannot. */
  download(path: string, offset: number): Promise<Opened | null>;
}

/** Request headers the server may ask for towards the storage; never a credential of ours. */
const ALLOWED_HEADER = /^(?:x-(?:amz|ms|goog)-[a-z0-9-]{1,60}|content-(?:type|md5|encoding)|cache-control)$/;

/** An address the server gave us to send bytes to or fetch them from. Refused: other schemes, addresses nearer than the server's own. */
async function storageUrl(value: unknown, { base, rule }: Server): Promise<URL> {
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

/** The number of a part: as said, else by its place in the list. */
function partNumber(what: string, value: unknown, otherwise: number, count: number): number {
  if (value === undefined || value === null) return otherwise;
  const number = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= count) return number;
  throw new MlctlError('REMOTE_REFUSED', `${what}: the server numbers a part as no number of 1 to ${count}`, {
    hint: 'set MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=false to send it whole',
  });
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

export function proxyDirect(world: World, server: Server, rootPath: string): ProxyDirect {
  const { http, foreign, base } = server;
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
    const json = response.status === 200 ? jsonObject(what, response.body) : null;
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
          targets.set(partNumber(what, part_number, index + 1, count), {
            url: await storageUrl(url, server),
            headers: storageHeaders(headers),
          });
        }
        const parts = await sendInParts(file, size, partSize, async (number, bytes) => {
          const target = targets.get(number);
          if (!target)
            throw new MlctlError('REMOTE_REFUSED', `${what}: the server named no place for part ${number} of ${count}`);
          const answer = await foreign.send({
            method: 'PUT',
            ...target,
            body: bytes,
            idempotent: true,
            maxBytes: MOST_PLACE_BYTES,
          });
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
        maxBytes: MOST_PLACE_BYTES,
        lasting: (status) => status === 500 || status === 503,
      });
      if (cannot(answer)) return null;
      const json = answerOf(what, answer);
      const url = await storageUrl(json['url'], server);
      const told = fileSize(what, json['file_size']);
      const stream = await foreign.stream({
        method: 'GET',
        url,
        headers: { ...storageHeaders(json['headers']), ...(offset > 0 ? { range: `bytes=${offset}-` } : {}) },
        idempotent: true,
      });
      if (stream.status !== 200 && stream.status !== 206) {
        stream.discard();
        throw new MlctlError('REMOTE_REFUSED', `${what}: ${url.host} answered ${stream.status}`, {
          details: { status: stream.status },
        });
      }
      return {
        body: stream.status === 200 && offset > 0 ? skipping(stream.body, offset) : stream.body,
        size: told ?? sizeOfWhole(stream.headers, offset),
        etag: stream.headers.get('etag') ?? null,
        discard: stream.discard,
      };
    },
  };
}
