// Turns a path into the bytes of its object, from an offset on; after a cut the rest of the same object is requested.
import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { type Opened, readResuming, sizeOfWhole } from '../resuming.js';
import { watched } from '../watched.js';
import type { S3Bucket } from './open-s3-bucket.js';
import { silenceMs } from './s3-client.js';
import { s3Error } from './s3-error.js';

export const readS3 = (bucket: S3Bucket, path: string, offset: number): Promise<AsyncIterable<Uint8Array>> =>
  readResuming(path, offset, (from, etag) => getFrom(bucket, path, from, etag), bucket.world.signal);

async function getFrom(bucket: S3Bucket, path: string, offset: number, etag: string | null): Promise<Opened> {
  const { client, common, stopped, keyOf, shown, told } = bucket;
  const what = `read ${shown(path)}`;
  const input = {
    ...common,
    Key: keyOf(path),
    ...(offset > 0 ? { Range: `bytes=${offset}-` } : {}),
    ...(etag === null ? {} : { IfMatch: etag }),
  };
  const answer = await told(what, client.send(new GetObjectCommand(input), stopped));
  const headers = new Map<string, string>();
  if (answer.ContentRange !== undefined) headers.set('content-range', answer.ContentRange);
  if (answer.ContentLength !== undefined) headers.set('content-length', String(answer.ContentLength));
  const chunks = answer.Body as unknown as Readable;
  return {
    body: bodyOf(bucket, what, chunks),
    size: sizeOfWhole(headers, offset),
    etag: answer.ETag ?? null,
    discard: () => void chunks.destroy(),
  };
}

async function* bodyOf({ world, settings }: S3Bucket, what: string, chunks: Readable): AsyncGenerator<Uint8Array> {
  const { signal } = world;
  try {
    yield* watched(chunks, signal, silenceMs(world.env));
  } catch (error) {
    // Every failure on the way counts as a cut, because the SDK does not resume by itself.
    if (signal.aborted && signal.reason instanceof MlctlError) throw signal.reason;
    const fault = s3Error(what, error, settings.endpoint);
    throw fault.code === 'INTEGRITY_MISMATCH'
      ? fault
      : new MlctlError('REMOTE_UNREACHABLE', fault.message, {
          hint: fault.hint ?? 'the connection to the S3 server keeps breaking: try: mlctl doctor',
          cause: error,
        });
  }
}
