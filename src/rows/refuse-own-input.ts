// Refuses an output that is the file the rows come from, or the file of another output, however its path is spelled.
import { type BigIntStats, fstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { inputName } from './open-input.js';
import type { Streams } from './streams.js';

interface InputAndOutputs {
  readonly input: string;
  readonly output: string;
  readonly rejects?: string;
}

/** Writing would replace the rows, or one output the other. Throws USAGE before anything is written. */
export function refuseOwnInput({ input, output, rejects }: InputAndOutputs, streams: Streams, cwd: string): void {
  const from = placeOf(input, streams.stdin, cwd);
  const to = placeOf(output, streams.stdout, cwd);
  if (same(from, to))
    throw new MlctlError('USAGE', `the output ${inputName(output)} is the input ${inputName(input)} itself`, {
      hint: 'name another file after -o',
    });
  if (rejects === undefined) return;
  const bad = placeOf(rejects, null, cwd);
  const other = same(bad, from) ? `the input ${inputName(input)}` : same(bad, to) ? 'the output' : null;
  if (other !== null)
    throw new MlctlError('USAGE', `the file of rejected rows, ${inputName(rejects)}, is ${other} itself`, {
      hint: 'name another file after --rejects',
    });
}

interface Place {
  /** Null for a stream. */
  readonly path: string | null;
  /** Null if nothing is there yet, and for anything but a file: two ends of a terminal are the same device. */
  readonly file: BigIntStats | null;
}

function placeOf(path: string, stream: { readonly fd?: unknown } | object | null, cwd: string): Place {
  const isStream = stream !== null && (path === '-' || path === '/dev/stdin' || path === '/dev/stdout');
  return isStream
    ? { path: null, file: onlyFile(statOfStream(stream)) }
    : { path: resolve(cwd, path), file: onlyFile(statOfPath(resolve(cwd, path))) };
}

const onlyFile = (facts: BigIntStats | null): BigIntStats | null => (facts?.isFile() ? facts : null);

/** Follows links. A file that cannot be examined cannot be opened either, and opening it reports the error. */
function statOfPath(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

function statOfStream(stream: object): BigIntStats | null {
  const fd = 'fd' in stream ? stream.fd : null;
  if (typeof fd !== 'number') return null;
  try {
    return fstatSync(fd, { bigint: true });
  } catch {
    return null;
  }
}

function same(one: Place, other: Place): boolean {
  if (one.path !== null && one.path === other.path) return !isDevice(one.path);
  return one.file !== null && other.file !== null && one.file.dev === other.file.dev && one.file.ino === other.file.ino;
}

/** `-o /dev/null --rejects /dev/null` is allowed, because both outputs are thrown away. */
const isDevice = (path: string): boolean => path.startsWith('/dev/');
