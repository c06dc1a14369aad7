// `s3://bucket/key` as an artifact store, over the AWS SDK: the only file that speaks S3.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { MAX_ENTRIES } from '../../files/digest-folder.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { safePath } from '../../uri/safe-join.js';
import type { World } from '../../world.js';
import { fileSize } from '../file-size.js';
import { readResuming, sizeOfWhole } from '../resuming.js';
import type { ArtifactEntry, ArtifactSource, ArtifactStore } from '../store.js';
import { watched } from '../watched.js';
import { openS3Client, silenceMs } from './s3-client.js';
import { s3Error } from './s3-errors.js';
import { bucketOwner, uploadArguments } from './s3-settings.js';
import { partSizeFor, sendInParts } from './send-in-parts.js';

/** Larger files go up in parts, each retried by itself. */
const IN_PARTS_FROM = 64 * 1024 * 1024;
const PART_SIZE = 16 * 1024 * 1024;
/** Time for the store to forget an unfinished upload, also when the command itself is being stopped. */
const ABORT_MS = 3000;
const PLACE = /^s3[an]?:\/\/([^/]+)(?:\/+(.*?))?\/*$/is;

function placeOf(location: string): { bucket: string; root: string } {
  const [, bucket = '', root = ''] = PLACE.exec(location) ?? [];
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{1,254}$/.test(bucket)) {
    throw new MlctlError('URI_INVALID', `"${printable(redactUri(location), 200)}" names no S3 bucket`, {
      hint: 'write s3://bucket/key',
    });
  }
  return { bucket, root: root === '' ? '' : safePath(root) };
}

export async function openS3Artifacts(world: World, location: string): Promise<ArtifactStore> {
  const { bucket, root } = placeOf(location);
  const { client, settings } = await openS3Client(world);
  const { signal } = world;
  const stopped = { abortSignal: signal };
  const common = { Bucket: bucket, ...bucketOwner(world) };
  const extra = uploadArguments(world);
  const keyOf = (path: string): string => [root, path].filter((part) => part !== '').join('/');
  const shown = (path: string): string => `s3://${bucket}/${printable(keyOf(path), 200)}`;

  /** The SDK's errors as ours; once the command is being stopped, its reason. */
  async function told<T>(what: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw signal.aborted && signal.reason instanceof MlctlError
        ? signal.reason
        : s3Error(what, error, settings.endpoint);
    }
  }

  async function* pages(prefix: string, delimiter: '/' | undefined): AsyncGenerator<ListObjectsV2CommandOutput> {
    const seen = new Set<string>();
    for (let token: string | undefined; ; ) {
      const input = { ...common, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token };
      const page = await told(`list ${shown('')}`, client.send(new ListObjectsV2Command(input), stopped));
      yield page;
      token = page.NextContinuationToken;
      if (page.IsTruncated !== true || token === undefined) return;
      if (seen.has(token) || seen.size * 1000 > MAX_ENTRIES)
        throw new MlctlError('REMOTE_LIMIT', `list ${shown('')}: the answers do not end`);
      seen.add(token);
    }
  }

  function sizeOf(key: string, size: unknown): number {
    const what = `list ${shown('')}: ${printable(key, 120)}`;
    const known = fileSize(what, size);
    if (known === null) throw new MlctlError('REMOTE_REFUSED', `${what}: the S3 server names no size`);
    return known;
  }

  async function list(path: string): Promise<readonly ArtifactEntry[]> {
    const prefix = keyOf(path) === '' ? '' : `${keyOf(path)}/`;
    const skip = root === '' ? 0 : root.length + 1;
    const entries: ArtifactEntry[] = [];
    for await (const page of pages(prefix, '/')) {
      for (const { Prefix: folder } of page.CommonPrefixes ?? [])
        if (folder) entries.push({ path: folder.slice(skip).replace(/\/$/, ''), isDirectory: true, size: null });
      // Consoles make folders as empty objects whose names end in a slash.
      for (const { Key: key, Size: size } of page.Contents ?? [])
        if (key && key !== prefix && !key.endsWith('/'))
          entries.push({ path: key.slice(skip), isDirectory: false, size: sizeOf(key, size) });
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async function* body(what: string, chunks: Readable): AsyncGenerator<Uint8Array> {
    try {
      yield* watched(chunks, signal, silenceMs(world.env));
    } catch (error) {
      // Every failure on the way counts as a cut line, because the SDK does not read on by itself.
      if (signal.aborted && signal.reason instanceof MlctlError) throw signal.reason;
      const fault = s3Error(what, error, settings.endpoint);
      throw fault.code === 'INTEGRITY_MISMATCH'
        ? fault
        : new MlctlError('REMOTE_UNREACHABLE', fault.message, {
            hint: fault.hint ?? 'the line to the S3 server breaks again and again: try: mlctl doctor',
            cause: error,
          });
    }
  }

  async function putInParts(
    what: string,
    key: string,
    file: string,
    size: number,
    wanted: number,
    sent: (bytes: number) => void,
  ): Promise<void> {
    const place = { ...common, Key: key };
    // Parts that carry sums belong to an upload that was said to have them, else S3 refuses to put them together.
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

  return {
    scheme: 's3',
    uri: redactUri(location),
    localRoot: null,
    list,

    read: (path, options) =>
      readResuming(
        path,
        options?.offset ?? 0,
        async (offset, etag) => {
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
          return {
            body: body(what, answer.Body as unknown as Readable),
            size: sizeOfWhole(headers, offset),
            etag: answer.ETag ?? null,
            discard: () => void (answer.Body as unknown as Readable).destroy(),
          };
        },
        signal,
      ),

    async write(path: string, source: ArtifactSource, sent: (bytes: number) => void = () => {}) {
      const what = `write ${shown(path)}`;
      const key = keyOf(path);
      const size = 'bytes' in source ? source.bytes.byteLength : (await stat(source.file)).size;
      if ('file' in source && size > IN_PARTS_FROM) return putInParts(what, key, source.file, size, PART_SIZE, sent);
      // The least size that S3 knows, so that a small file has parts at all.
      if ('file' in source && source.inParts === true) {
        await putInParts(what, key, source.file, size, 0, sent);
        return source.wentInParts?.();
      }
      // Small enough to be held: a body in memory is what the SDK can send again.
      const Body = 'bytes' in source ? source.bytes : await wholeOf(source.file, size);
      await told(
        what,
        client.send(new PutObjectCommand({ ...common, ...extra, Key: key, Body, ContentLength: size }), stopped),
      );
      sent(size);
    },

    async remove(path) {
      const what = `remove ${shown(path)}`;
      if (keyOf(path) === '') throw new MlctlError('PATH_REFUSED', 'a whole bucket is not removed');
      const keys = [keyOf(path)];
      for await (const page of pages(`${keyOf(path)}/`, undefined))
        for (const { Key: key } of page.Contents ?? []) if (key) keys.push(key);
      // One by one, because the call for many asks for a checksum that not every server knows.
      for (const Key of keys) await told(what, client.send(new DeleteObjectCommand({ ...common, Key }), stopped));
    },
  };
}

async function wholeOf(file: string, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  if (size > 0) for await (const chunk of createReadStream(file, { end: size - 1 })) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
