// What reading, writing and listing share: the client of one bucket, the keys below one root, and the SDK's errors as ours.
import type { S3Client } from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { safePath } from '../../uri/safe-join.js';
import type { World } from '../../world.js';
import { openS3Client } from './s3-client.js';
import { s3Error } from './s3-error.js';
import type { S3Settings } from './s3-settings.js';
import { bucketOwner } from './upload-arguments.js';

export interface S3Bucket {
  readonly world: World;
  readonly client: S3Client;
  readonly settings: S3Settings;
  /** Part of every request. */
  readonly common: { readonly Bucket: string; readonly ExpectedBucketOwner?: string };
  /** The second argument of every request; it ends the request when the command is stopped. */
  readonly stopped: { readonly abortSignal: AbortSignal };
  /** The key that paths are below; '' for the whole bucket. */
  readonly root: string;
  keyOf(path: string): string;
  /** For messages. */
  shown(path: string): string;
  /** The SDK's errors as ours; while the command is being stopped, the reason of the stop. */
  told<T>(what: string, work: Promise<T>): Promise<T>;
}

const PLACE = /^s3[an]?:\/\/([^/]+)(?:\/+(.*?))?(?:(?<!\/)\/+)?$/is;

function placeOf(location: string): { bucket: string; root: string } {
  const [, bucket = '', root = ''] = PLACE.exec(location) ?? [];
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{1,254}$/.test(bucket)) {
    throw new MlctlError('URI_INVALID', `"${printable(redactUri(location), 200)}" does not name an S3 bucket`, {
      hint: 'write s3://bucket/key',
    });
  }
  return { bucket, root: root === '' ? '' : safePath(root) };
}

export async function openS3Bucket(world: World, location: string): Promise<S3Bucket> {
  const { bucket, root } = placeOf(location);
  const { client, settings } = await openS3Client(world);
  const { signal } = world;
  const keyOf = (path: string): string => [root, path].filter((part) => part !== '').join('/');
  return {
    world,
    client,
    settings,
    common: { Bucket: bucket, ...bucketOwner(world) },
    stopped: { abortSignal: signal },
    root,
    keyOf,
    shown: (path) => `s3://${bucket}/${printable(keyOf(path), 200)}`,
    async told(what, work) {
      try {
        return await work;
      } catch (error) {
        throw signal.aborted && signal.reason instanceof MlctlError
          ? signal.reason
          : s3Error(what, error, settings.endpoint);
      }
    },
  };
}
