// Turns a large file into parts at addresses of the server's storage, which the server puts together at the end.
import { stat } from 'node:fs/promises';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { partSizeFor, sendInParts } from '../s3/send-in-parts.js';
import { cannot, type DirectCalls, MOST_PLACE_BYTES } from './direct-calls.js';
import { storageHeaders, storageUrl } from './storage-place.js';

/** Time for the server to discard an upload, also while the command itself is being stopped. */
const ABORT_MS = 3000;

/** The number of a part: as the server states it, else by its position in the list. */
function partNumber(what: string, value: unknown, otherwise: number, count: number): number {
  if (value === undefined || value === null) return otherwise;
  const number = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= count) return number;
  throw new MlctlError('REMOTE_REFUSED', `${what}: the server gives a part a number that is not from 1 to ${count}`, {
    hint: 'set MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=false to send it whole',
  });
}

/** False if the server cannot do it. */
export async function uploadDirect(
  calls: DirectCalls,
  wantedSize: number,
  folder: string,
  name: string,
  file: string,
  sent: (bytes: number) => void,
): Promise<boolean> {
  const { server, below, post, refused, answerOf } = calls;
  const what = `upload of "${printable(name, 120)}" in parts`;
  const { size } = await stat(file);
  const partSize = partSizeFor(size, wantedSize);
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
      const answer = await server.foreign.send({
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
}
