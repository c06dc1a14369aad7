// Turns an entry of a zip into its bytes, and holds them against their stated size and checksum.
import { crc32, inflateRawSync } from 'node:zlib';
import { hostile, malformed } from '../refuse.js';
import type { ZipEntry } from './check-entry.js';

export function inflateEntry(entry: ZipEntry, buffer: Buffer, where: string): Uint8Array {
  const data = buffer.subarray(entry.dataStart, entry.dataEnd);
  const bytes = entry.isDeflated ? inflate(data, entry.size, where) : data;
  if (bytes.length !== entry.size)
    throw hostile(where, `${bytes.length} bytes`, `the ${entry.size} that its header states`);
  if (crc32(bytes) !== entry.crc) throw malformed(where, 'bytes with another checksum', 'the checksum of its header');
  return bytes;
}

function inflate(data: Buffer, size: number, where: string): Uint8Array {
  try {
    // One byte more than stated is enough to see that the size is false.
    return inflateRawSync(data, { maxOutputLength: size + 1 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw hostile(where, `more than ${size} bytes`, 'the size that its header states');
    throw malformed(where, 'data that cannot be inflated', 'deflated data');
  }
}
