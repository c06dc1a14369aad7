// Turns `s3://bucket/key` into an artifact store, over the AWS SDK.
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { redactUri } from '../../text/redact.js';
import type { World } from '../../world.js';
import type { ArtifactStore } from '../store.js';
import { listS3, pagesOf } from './list-s3.js';
import { openS3Bucket, type S3Bucket } from './open-s3-bucket.js';
import { readS3 } from './read-s3.js';
import { uploadArguments } from './upload-arguments.js';
import { writeS3 } from './write-s3.js';

export async function openS3Artifacts(world: World, location: string): Promise<ArtifactStore> {
  const bucket = await openS3Bucket(world, location);
  const extra = uploadArguments(world);
  return {
    scheme: 's3',
    uri: redactUri(location),
    localRoot: null,
    list: (path) => listS3(bucket, path),
    read: (path, options) => readS3(bucket, path, options?.offset ?? 0),
    write: (path, source, sent = () => {}) => writeS3(bucket, extra, path, source, sent),
    remove: (path) => removeS3(bucket, path),
  };
}

async function removeS3(bucket: S3Bucket, path: string): Promise<void> {
  const { client, common, stopped, keyOf, shown, told } = bucket;
  const what = `remove ${shown(path)}`;
  if (keyOf(path) === '') throw new MlctlError('PATH_REFUSED', 'mlctl does not remove a whole bucket');
  const keys = [keyOf(path)];
  for await (const page of pagesOf(bucket, `${keyOf(path)}/`, undefined))
    for (const { Key: key } of page.Contents ?? []) if (key) keys.push(key);
  // One by one, because the call for many needs a checksum that not every server knows.
  for (const Key of keys) await told(what, client.send(new DeleteObjectCommand({ ...common, Key }), stopped));
}
