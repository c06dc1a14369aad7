// Turns a path into what is below it in a bucket: all pages are read, and sizes are checked.
import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { MAX_ENTRIES } from '../../files/digest-folder.js';
import { printable } from '../../text/printable.js';
import { fileSize } from '../file-size.js';
import type { ArtifactEntry } from '../store.js';
import type { S3Bucket } from './open-s3-bucket.js';

export async function* pagesOf(
  { client, common, stopped, shown, told }: S3Bucket,
  prefix: string,
  delimiter: '/' | undefined,
): AsyncGenerator<ListObjectsV2CommandOutput> {
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const input = { ...common, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token };
    const page = await told(`list ${shown('')}`, client.send(new ListObjectsV2Command(input), stopped));
    yield page;
    token = page.NextContinuationToken;
    if (page.IsTruncated !== true || token === undefined) return;
    if (seen.has(token) || seen.size * 1000 > MAX_ENTRIES)
      throw new MlctlError('REMOTE_LIMIT', `list ${shown('')}: the server keeps sending pages`);
    seen.add(token);
  }
}

function sizeOf({ shown }: S3Bucket, key: string, size: unknown): number {
  const what = `list ${shown('')}: ${printable(key, 120)}`;
  const known = fileSize(what, size);
  if (known === null) throw new MlctlError('REMOTE_REFUSED', `${what}: the S3 server does not give a size`);
  return known;
}

export async function listS3(bucket: S3Bucket, path: string): Promise<readonly ArtifactEntry[]> {
  const { root, keyOf } = bucket;
  const prefix = keyOf(path) === '' ? '' : `${keyOf(path)}/`;
  const skip = root === '' ? 0 : root.length + 1;
  const entries: ArtifactEntry[] = [];
  for await (const page of pagesOf(bucket, prefix, '/')) {
    for (const { Prefix: folder } of page.CommonPrefixes ?? [])
      if (folder) entries.push({ path: folder.slice(skip).replace(/\/$/, ''), isDirectory: true, size: null });
    // Consoles make folders as empty objects with names that end in a slash.
    for (const { Key: key, Size: size } of page.Contents ?? [])
      if (key && key !== prefix && !key.endsWith('/'))
        entries.push({ path: key.slice(skip), isDirectory: false, size: sizeOf(bucket, key, size) });
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}
