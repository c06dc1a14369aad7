// Turns the bytes of a file of joblib into the pickle in it, which may be compressed with zlib or gzip.
import { gunzipSync, inflateSync } from 'node:zlib';
import { type ReadLimits, ZIP_LIMITS } from '../limits.js';
import { hostile, malformed, unsupported } from '../refuse.js';

/** What compressed files begin with. The first two are read. */
const MARKS: readonly (readonly [name: string, ...mark: number[]])[] = [
  ['zlib', 0x78],
  ['gzip', 0x1f, 0x8b],
  ['bz2', 0x42, 0x5a],
  ['xz', 0xfd, 0x37, 0x7a, 0x58, 0x5a],
  ['lzma', 0x5d, 0x00],
  ['lz4', 0x04, 0x22, 0x4d, 0x18],
  ['joblib before 0.10', 0x5a, 0x46],
];
const WHERE = 'the joblib file';
const HINT = "save the model again with joblib.dump(model, path) or with compress='zlib'";

export function inflateJoblib(bytes: Uint8Array, limits: ReadLimits): Uint8Array {
  const name = MARKS.find(([, ...mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  if (name === undefined) return bytes;
  const inflate = name === 'zlib' ? inflateSync : gunzipSync;
  if (name !== 'zlib' && name !== 'gzip')
    throw unsupported(WHERE, `the compression ${name}`, 'no compression, zlib or gzip', HINT);
  const most = Math.min(limits.fileBytes, ZIP_LIMITS.freeBytes + ZIP_LIMITS.ratio * bytes.length);
  try {
    return inflate(bytes, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw hostile(WHERE, 'far more bytes than the file explains', `at most ${most} bytes`);
    throw malformed(WHERE, 'data that cannot be inflated', `data that ${name} wrote`);
  }
}
