// Turns the bytes of a zip file into its entries by name, after it has checked that every reader would find the same ones: no name
// twice, no shared bytes, the same words in both headers, and no more to inflate than the file's size explains.
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ZIP_LIMITS, type ZipLimits } from '../limits.js';
import { hostile, malformed } from '../refuse.js';
import { checkEntry, type ZipEntry } from './check-entry.js';
import { inflateEntry } from './inflate-entry.js';

export interface ZipArchive {
  readonly names: readonly string[];
  /** The bytes of an entry; undefined if there is none with this name. They are held against their checksum each time. */
  read(name: string): Uint8Array | undefined;
}

/** What a file and the archives inside it may still inflate to. */
interface InflateBudget {
  left: number;
}

export function inflateBudget(fileBytes: number, limits: ZipLimits = ZIP_LIMITS): InflateBudget {
  return { left: limits.freeBytes + limits.ratio * fileBytes };
}

/** `where` is what the archive is called in messages. */
export async function openZip(
  bytes: Uint8Array,
  where: string,
  budget: InflateBudget,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<ZipArchive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = await readDirectory(buffer, where, limits);
  checkOverlaps([...entries.values()], where);
  for (const { size } of entries.values()) budget.left -= size;
  if (budget.left < 0)
    throw hostile(where, 'entries that inflate to far more than the file', `at most ${limits.ratio} times its size`);
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      return entry && inflateEntry(entry, buffer, `${where}: ${name}`);
    },
  };
}

async function readDirectory(buffer: Buffer, where: string, limits: ZipLimits): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  const zip = await orMalformed(where, openDirectory(buffer));
  if (zip.entryCount > limits.entries) throw hostile(where, `${zip.entryCount} entries`, `at most ${limits.entries}`);
  const each = zip.eachEntry();
  let directoryBytes = 0;
  for (;;) {
    const next = await orMalformed(where, each.next());
    if (next.done) break;
    const entry: Entry = next.value;
    directoryBytes += 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    if (entries.has(entry.fileName)) throw hostile(where, `two entries named ${entry.fileName}`, 'one of each name');
    entries.set(entry.fileName, checkEntry(entry, buffer, `${where}: ${entry.fileName}`));
  }
  checkDirectory(zip, buffer, directoryBytes, where);
  return entries;
}

async function openDirectory(buffer: Buffer): Promise<ZipFile> {
  return fromBufferPromise(buffer, { strictFileNames: true, validateEntrySizes: true });
}

/** yauzl counts entries, and Python reads as many as fit into the directory's size. They must find the same ones. */
function checkDirectory(zip: ZipFile, buffer: Buffer, directoryBytes: number, where: string): void {
  if (zip.comment.length > 0) throw hostile(where, 'a comment on the archive', 'none');
  const end = buffer.length - 22;
  const size = buffer.readUInt32LE(end + 12);
  const offset = buffer.readUInt32LE(end + 16);
  const isZip64 = size === 0xffffffff || offset === 0xffffffff || buffer.readUInt16LE(end + 10) === 0xffff;
  if (!isZip64 && (size !== directoryBytes || offset + size !== end))
    throw hostile(where, 'a directory that does not end where the archive ends', 'one directory of its stated size');
}

/** Entries that share bytes inflate to far more than the file, and tell two readers two things. */
function checkOverlaps(entries: readonly ZipEntry[], where: string): void {
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.start - b.start)) {
    if (entry.start < end) throw hostile(where, `the entry ${entry.name} on the bytes of another`, 'bytes of its own');
    end = entry.dataEnd;
  }
}

async function orMalformed<T>(where: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw malformed(where, error instanceof Error ? error.message : String(error), 'a zip archive that is whole');
  }
}
