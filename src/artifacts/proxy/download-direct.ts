// Turns a path into the bytes of its file, fetched from the address in its storage that the server gives.
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { fileSize } from '../file-size.js';
import { type Opened, sizeOfWhole, skipping } from '../resuming.js';
import { cannot, type DirectCalls, MOST_PLACE_BYTES } from './direct-calls.js';
import { storageHeaders, storageUrl } from './storage-place.js';

/** null if the server cannot do it. */
export async function downloadDirect(calls: DirectCalls, path: string, offset: number): Promise<Opened | null> {
  const { server, below, urlOf, answerOf } = calls;
  const what = `read "${printable(path, 120)}"`;
  const answer = await server.http.send({
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
  const stream = await server.foreign.stream({
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
}
