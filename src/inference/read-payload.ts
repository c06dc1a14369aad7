// Turns the payload of a package into the bytes that were verified, and its external data into a private copy of what was verified.
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, posix, sep } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { changedSince } from '../files/read-proven.js';
import { makeScratch } from '../files/scratch-folder.js';
import type { DigestedPackage } from '../model/digest-package.js';
import type { ExternalFileFacts } from '../onnx/scan/findings.js';
import { faultOfPath, safeJoin } from '../uri/safe-join.js';

/** Protobuf's own limit for one message. */
const MAX_BYTES = 2 ** 31 - 1;

/** The files of a package as they were hashed, and the contents that were kept then. */
export type VerifiedFiles = Pick<DigestedPackage, 'files' | 'bytes'>;

interface Payload {
  /** The same bytes that were hashed. */
  readonly bytes: Uint8Array;
  /** For the scan: the file at a location relative to the payload's folder. */
  readonly externalFile: (location: string) => ExternalFileFacts | string | null;
  /** Puts the payload and the files that the scan asked for into `folder`, which is created; returns the payload's path there. */
  readonly copyTo: (folder: string) => string;
}

export function readPayload(packageFolder: string, payload: string, verified: VerifiedFiles): Payload {
  // Looked up only when a file is opened, because a graph that was just made is not in a folder.
  const root = () => realFolder(packageFolder);
  const hashes = new Map(verified.files.map(({ path, sha256 }) => [path, sha256]));
  const external = new Set<string>();
  const bytes = verified.bytes.get(payload) ?? readVerified(root(), payload, hashes);
  return {
    bytes,
    externalFile(location) {
      const path = posix.join(posix.dirname(payload), location);
      const found = externalFile(root(), path);
      if (typeof found === 'object' && found !== null) external.add(path);
      return found;
    },
    copyTo(folder) {
      makeScratch(folder);
      const place = (path: string): string => {
        const target = safeJoin(folder, path);
        mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
        return target;
      };
      for (const path of external) copyVerified(safeJoin(root(), path), place(path), path, hashes.get(path));
      writeFileSync(place(payload), bytes, { flag: 'wx', mode: 0o400 });
      return place(payload);
    },
  };
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (cause) {
    throw new MlctlError('FILE_NOT_FOUND', `opening the model package ${folder}: there is no such folder`, { cause });
  }
}

function realFile(root: string, payload: string): string {
  const joined = safeJoin(root, payload);
  let path: string;
  try {
    path = realpathSync(joined);
  } catch (cause) {
    throw new MlctlError('PACKAGE_INVALID', `opening ${payload}: the package has no such file`, { cause });
  }
  if (!path.startsWith(root + sep)) {
    throw new MlctlError('MODEL_HOSTILE', `opening ${payload}: it is a link out of the package`, {
      details: { rule: 'payload-link' },
    });
  }
  return path;
}

function readVerified(root: string, payload: string, hashes: ReadonlyMap<string, string>): Uint8Array {
  const path = realFile(root, payload);
  const file = openRegular(path, payload);
  try {
    const { size } = fstatSync(file);
    if (size > MAX_BYTES) {
      throw new MlctlError(
        'MODEL_UNSUPPORTED',
        `opening ${payload}: it has ${size} bytes, an ONNX file can have at most ${MAX_BYTES}`,
        {
          hint: 'save the weights as external data',
        },
      );
    }
    const bytes = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (let count = 1; at < size && count > 0; at += count) count = readSync(file, bytes, at, size - at, at);
    assertSame(path, hashes.get(payload), sha256(bytes.subarray(0, at)));
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** Hashes what it writes: if the copy is not what was verified, it is refused. */
function copyVerified(from: string, to: string, shown: string, expected: string | undefined): void {
  const source = openRegular(from, shown);
  const target = openSync(to, 'wx', 0o400);
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (let count = readSync(source, chunk); count > 0; count = readSync(source, chunk)) {
      hash.update(chunk.subarray(0, count));
      for (let at = 0; at < count; ) at += writeSync(target, chunk, at, count - at);
    }
    assertSame(from, expected, hash.digest('hex'));
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function assertSame(path: string, expected: string | undefined, found: string): void {
  if (found !== expected) throw changedSince(path, expected ?? 'no such file', found);
}

function openRegular(path: string, shown: string): number {
  // Without O_NONBLOCK a FIFO in place of the file would hang here. Windows does not have these flags.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new MlctlError('MODEL_HOSTILE', `opening ${shown}: it is not a regular file`, {
    details: { rule: 'payload-kind' },
  });
}

/** Null if nothing is there. */
function externalFile(root: string, location: string): ExternalFileFacts | string | null {
  const fault = faultOfPath(location);
  if (fault) return `it ${fault}`;
  const path = safeJoin(root, location);
  try {
    const facts = lstatSync(path);
    if (facts.isSymbolicLink()) return 'it is a symbolic link';
    if (!facts.isFile()) return 'it is not a regular file';
    if (facts.nlink !== 1) return `it has ${facts.nlink} names (hard links)`;
    if (realpathSync(dirname(path)) !== dirname(path)) return 'a folder on the way is a symbolic link';
    return { size: facts.size };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? null
      : `it cannot be read (${(error as Error).message})`;
  }
}
