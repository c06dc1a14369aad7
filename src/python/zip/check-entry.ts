// Turns one record of a zip's directory into where its bytes are, after it has compared the record with the entry's own header.
import type { Entry } from 'yauzl';
import { hostile, malformed, unsupported } from '../refuse.js';

export interface ZipEntry {
  readonly name: string;
  /** Where its own header begins. */
  readonly start: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly isDeflated: boolean;
  /** Bytes when inflated. */
  readonly size: number;
  readonly crc: number;
}

const LOCAL_HEADER = 0x04034b50;
const HEADER_BYTES = 30;
const ENCRYPTED = 0x1;
/** Sizes and checksum follow the data, and the header in front of it may have zeros. */
const SIZES_FOLLOW = 0x8;
/** This size stands in the extra fields, in 64 bits: first the size, then the compressed size. numpy always writes it so. */
const IN_ZIP64 = 0xffffffff;
const ZIP64 = 0x0001;
const STORED = 0;
const DEFLATED = 8;
const UNICODE_NAME = 0x7075;
/** The kinds of file of Unix in the upper half of the attributes. */
const FILE_KIND = 0o170000;
const REGULAR_FILE = 0o100000;

export function checkEntry(entry: Entry, buffer: Buffer, where: string): ZipEntry {
  const { compressionMethod: method, generalPurposeBitFlag: flags, relativeOffsetOfLocalHeader: start } = entry;
  const kind = (entry.externalFileAttributes >>> 16) & FILE_KIND;
  if (kind !== 0 && kind !== REGULAR_FILE)
    throw hostile(where, 'an entry that is a link or a folder', 'a regular file');
  if (entry.extraFields.some(({ id }) => id === UNICODE_NAME))
    throw hostile(where, 'a second name in the extra fields', 'one name');
  if (flags & ENCRYPTED) throw unsupported(where, 'an encrypted entry', 'one that is not encrypted');
  if (method !== STORED && method !== DEFLATED)
    throw unsupported(where, `the compression method ${method}`, 'none (0) or deflate (8)');
  if (start + HEADER_BYTES > buffer.length || buffer.readUInt32LE(start) !== LOCAL_HEADER)
    throw malformed(where, 'no header at its place', 'a header of its own');
  const nameEnd = start + HEADER_BYTES + buffer.readUInt16LE(start + 26);
  const dataStart = nameEnd + buffer.readUInt16LE(start + 28);
  const dataEnd = dataStart + entry.compressedSize;
  if (!(dataEnd <= buffer.length)) throw malformed(where, 'data beyond the end of the file', 'data inside the file');
  const own = readOwnHeader(buffer, start, nameEnd, dataStart);
  const mayFollow = (flags & SIZES_FOLLOW) !== 0;
  const agrees =
    own.flags === flags &&
    own.method === method &&
    (own.crc === entry.crc32 || (mayFollow && own.crc === 0)) &&
    (own.compressedSize === entry.compressedSize || (mayFollow && own.compressedSize === 0)) &&
    (own.size === entry.uncompressedSize || (mayFollow && own.size === 0)) &&
    own.name.equals(entry.fileNameRaw);
  if (!agrees) throw hostile(where, 'a header that differs from the directory', 'the same name, sizes and checksum');
  return {
    name: entry.fileName,
    start,
    dataStart,
    dataEnd,
    isDeflated: method === DEFLATED,
    size: entry.uncompressedSize,
    crc: entry.crc32,
  };
}

interface OwnHeader {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly name: Buffer;
}

function readOwnHeader(buffer: Buffer, start: number, nameEnd: number, dataStart: number): OwnHeader {
  const sizes = zip64Sizes(buffer.subarray(nameEnd, dataStart));
  const sizeAt = (at: number) => {
    const size = buffer.readUInt32LE(at);
    return size === IN_ZIP64 ? (sizes.shift() ?? Number.NaN) : size;
  };
  const size = sizeAt(start + 22);
  return {
    flags: buffer.readUInt16LE(start + 6),
    method: buffer.readUInt16LE(start + 8),
    crc: buffer.readUInt32LE(start + 14),
    compressedSize: sizeAt(start + 18),
    size,
    name: buffer.subarray(start + HEADER_BYTES, nameEnd),
  };
}

/** The 64-bit sizes of the extra fields, in their order; none if there is no such field, or if the fields are not whole. */
function zip64Sizes(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) !== ZIP64 || end > extra.length) continue;
    const sizes: number[] = [];
    for (let from = at + 4; from + 8 <= end; from += 8) sizes.push(Number(extra.readBigUInt64LE(from)));
    return sizes;
  }
  return [];
}
