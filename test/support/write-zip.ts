// Turns entries into a zip file, whose every field a test may falsify.
import { crc32, deflateRawSync } from 'node:zlib';

export interface EntryToWrite {
  readonly name: string;
  readonly data: Uint8Array;
  readonly isDeflated?: boolean;
  /** What the directory says, where that is not the truth. */
  readonly central?: Partial<ZipFields>;
  /** What the entry's own header says, where that is not the truth. */
  readonly local?: Partial<ZipFields>;
}

export interface ZipFields {
  flags: number;
  method: number;
  crc: number;
  compressedSize: number;
  size: number;
  name: string;
  attributes: number;
  offset: number;
  extra: Uint8Array;
}

export function writeZip(
  entries: readonly EntryToWrite[],
  end: Partial<Record<'count' | 'size' | 'offset', number>> = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const body = entry.isDeflated ? deflateRawSync(entry.data) : Buffer.from(entry.data);
    const truth: ZipFields = {
      flags: 0x800,
      method: entry.isDeflated ? 8 : 0,
      crc: crc32(entry.data),
      compressedSize: body.length,
      size: entry.data.length,
      name: entry.name,
      attributes: 0o100600 * 65536,
      offset,
      extra: new Uint8Array(),
    };
    const local = header(0x04034b50, { ...truth, ...entry.local });
    directory.push(header(0x02014b50, { ...truth, ...entry.central }));
    parts.push(local, body);
    offset += local.length + body.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(end.count ?? entries.length, 8);
  last.writeUInt16LE(end.count ?? entries.length, 10);
  last.writeUInt32LE(end.size ?? size, 12);
  last.writeUInt32LE(end.offset ?? offset, 16);
  return Buffer.concat([...parts, ...directory, last]);
}

function header(signature: number, fields: ZipFields): Buffer {
  const isCentral = signature === 0x02014b50;
  const name = Buffer.from(fields.name);
  const head = Buffer.alloc(isCentral ? 46 : 30);
  head.writeUInt32LE(signature, 0);
  // Made by Unix, as Python does it.
  const at = isCentral ? 2 : 0;
  if (isCentral) head.writeUInt16LE(0x0314, 4);
  head.writeUInt16LE(20, 4 + at);
  head.writeUInt16LE(fields.flags, 6 + at);
  head.writeUInt16LE(fields.method, 8 + at);
  head.writeUInt32LE(fields.crc, 14 + at);
  head.writeUInt32LE(fields.compressedSize, 18 + at);
  head.writeUInt32LE(fields.size, 22 + at);
  head.writeUInt16LE(name.length, 26 + at);
  head.writeUInt16LE(fields.extra.length, 28 + at);
  if (isCentral) {
    head.writeUInt32LE(fields.attributes >>> 0, 38);
    head.writeUInt32LE(fields.offset, 42);
  }
  return Buffer.concat([head, name, fields.extra]);
}
