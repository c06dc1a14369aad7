// Turns a file or bytes into an object of a bucket: in one request, or in parts that are put together at the end.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ArtifactSource } from '../store.js';
import type { S3Bucket } from './open-s3-bucket.js';
import { partSizeFor, sendInParts } from './send-in-parts.js';
import type { uploadArguments } from './upload-arguments.js';

/** Larger files are sent in parts, each retried by itself. */
const IN_PARTS_FROM = 64 * 1024 * 1024;
const PART_SIZE = 16 * 1024 * 1024;
/** Time for the store to discard an unfinished upload, also while the command itself is being stopped. */
const ABORT_MS = 3000;

type Extra = ReturnType<typeof uploadArguments>;

export async function writeS3(
  bucket: S3Bucket,
  extra: Extra,
  path: string,
  source: ArtifactSource,
  sent: (bytes: number) => void,
): Promise<void> {
  const { client, common, stopped, keyOf, shown, told } = bucket;
  const what = `write ${shown(path)}`;
  const key = keyOf(path);
  const size = 'bytes' in source ? source.bytes.byteLength : (await stat(source.file)).size;
  if ('file' in source && size > IN_PARTS_FROM)
    return putInParts(bucket, extra, what, key, source.file, size, PART_SIZE, sent);
  // The smallest part size of S3, so that a small file has parts, too.
  if ('file' in source && source.inParts === true) {
    await putInParts(bucket, extra, what, key, source.file, size, 0, sent);
    return source.wentInParts?.();
  }
  // Small enough to be held in memory, so that the SDK can send it again.
  const Body = 'bytes' in source ? source.bytes : await wholeOf(source.file, size);
  const put = new PutObjectCommand({ ...common, ...extra, Key: key, Body, ContentLength: size });
  await told(what, client.send(put, stopped));
  sent(size);
}

async function putInParts(
  { client, settings, common, stopped, told }: S3Bucket,
  extra: Extra,
  what: string,
  key: string,
  file: string,
  size: number,
  wanted: number,
  sent: (bytes: number) => void,
): Promise<void> {
  const place = { ...common, Key: key };
  // Parts with checksums need an upload that was announced with checksums, or S3 refuses to put them together.
  const summed = settings.checksums === 'WHEN_SUPPORTED' ? ({ ChecksumAlgorithm: 'CRC32' } as const) : {};
  const begin = new CreateMultipartUploadCommand({ ...place, ...extra, ...summed });
  const { UploadId } = await told(what, client.send(begin, stopped));
  const sums = new Map<number, string | undefined>();
  try {
    const parts = await sendInParts(file, size, partSizeFor(size, wanted), async (number, bytes) => {
      const part = new UploadPartCommand({ ...place, UploadId, PartNumber: number, Body: bytes, ...summed });
      const { ETag, ChecksumCRC32 } = await told(`${what}: part ${number}`, client.send(part, stopped));
      sums.set(number, ChecksumCRC32);
      sent(bytes.byteLength);
      return ETag ?? '';
    });
    const Parts = parts.map(({ number, etag }) => ({
      PartNumber: number,
      ETag: etag,
      ChecksumCRC32: sums.get(number),
    }));
    const done = new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } });
    await told(what, client.send(done, stopped));
  } catch (error) {
    const forget = new AbortMultipartUploadCommand({ ...place, UploadId });
    await client.send(forget, { abortSignal: AbortSignal.timeout(ABORT_MS) }).catch(() => {});
    throw error;
  }
}

async function wholeOf(file: string, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  if (size > 0) for await (const chunk of createReadStream(file, { end: size - 1 })) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
