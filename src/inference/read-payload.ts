// The payload of a package → its bytes, read once from the very file that was checked, and a way to see that no file changed since.
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { dirname, posix, relative, sep } from 'node:path';
import { MlctlError } from '../errors/error.js';
import type { ExternalFileFacts } from '../onnx/scan/finding.js';
import { faultOfPath, safeJoin } from '../uri/safe-join.js';

/** Protobuf's own limit for one message. */
const MAX_BYTES = 2 ** 31 - 1;

interface Payload {
  readonly bytes: Uint8Array;
  /** Absolute, every link resolved. */
  readonly path: string;
  /** For the scan: what lies at a location relative to the payload's folder. */
  readonly externalFile: (location: string) => ExternalFileFacts | string;
  /** Throws INTEGRITY_MISMATCH where the payload or a file of external data is not the one that was checked. */
  readonly assertUnchanged: () => void;
}

export function readPayload(packageFolder: string, payload: string): Payload {
  const root = realFolder(packageFolder);
  const path = realFile(root, payload);
  const seen = new Map<string, BigIntStats>();
  const bytes = readWhole(path, payload, seen);
  return {
    bytes,
    path,
    externalFile: (location) =>
      externalFile(root, posix.join(posix.dirname(toPosix(relative(root, path))), location), seen),
    assertUnchanged: () => {
      for (const [file, before] of seen) {
        if (!isSame(before, lstatSync(file, { bigint: true }))) {
          throw new MlctlError(
            'INTEGRITY_MISMATCH',
            `opening ${payload}: ${relative(root, file)} was changed while the model was opened`,
            {
              hint: 'something else writes to this folder: load the model again, into a folder of its own',
            },
          );
        }
      }
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

function readWhole(path: string, payload: string, seen: Map<string, BigIntStats>): Uint8Array {
  // Without O_NONBLOCK a FIFO in place of the file would hang here. Windows has neither flag.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = fstatSync(file, { bigint: true });
    if (!facts.isFile())
      throw new MlctlError('MODEL_HOSTILE', `opening ${payload}: it is not a regular file`, {
        details: { rule: 'payload-kind' },
      });
    if (facts.size > MAX_BYTES) {
      throw new MlctlError(
        'MODEL_UNSUPPORTED',
        `opening ${payload}: it has ${facts.size} bytes, an ONNX file has ${MAX_BYTES} at most`,
        {
          hint: 'save the weights as external data',
        },
      );
    }
    seen.set(path, facts);
    const bytes = Buffer.allocUnsafeSlow(Number(facts.size));
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0)
        throw new MlctlError(
          'INTEGRITY_MISMATCH',
          `opening ${payload}: it shrank to ${at} of ${bytes.length} bytes while being read`,
        );
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

function externalFile(root: string, location: string, seen: Map<string, BigIntStats>): ExternalFileFacts | string {
  const fault = faultOfPath(location);
  if (fault) return `it ${fault}`;
  const path = safeJoin(root, location);
  try {
    const facts = lstatSync(path, { bigint: true });
    if (facts.isSymbolicLink()) return 'it is a symbolic link';
    if (!facts.isFile()) return 'it is not a regular file';
    if (facts.nlink !== 1n) return `it has ${facts.nlink} names (hard links)`;
    if (realpathSync(dirname(path)) !== dirname(path)) return 'a folder on the way is a symbolic link';
    seen.set(path, facts);
    return { size: Number(facts.size) };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'there is no such file'
      : `it cannot be read (${(error as Error).message})`;
  }
}

/** Times of change cannot be set back by whoever swaps a file. */
function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
