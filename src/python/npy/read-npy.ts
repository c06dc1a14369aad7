// Turns the bytes of a .npy file into its array.
import { isSaved } from '../is-saved.js';
import { decodeArray } from '../numpy/decode-array.js';
import type { DType } from '../numpy/dtype.js';
import { hostile, malformed, unsupported } from '../refuse.js';
import type { Saved, SavedArray } from '../saved.js';
import { parseLiteral } from './parse-literal.js';
import { readDescr } from './read-descr.js';
import { readShape } from './read-shape.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** numpy has the same limit. */
const HEADER_BYTES = 10_000;
const KEYS = ['descr', 'fortran_order', 'shape'];

interface NpyHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly order: 'C' | 'F';
  /** Where the elements begin. */
  readonly dataStart: number;
}

export function readNpy(bytes: Uint8Array, where: string): SavedArray {
  const { dtype, shape, order, dataStart } = readNpyHeader(bytes, where);
  return decodeArray(dtype, shape, order, bytes.subarray(dataStart), where);
}

export function readNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  const { text, dataStart } = headerText(bytes, where);
  const header = parseLiteral(text, where);
  const entries = isSaved(header, 'dict') ? header.entries : [];
  const values = new Map<Saved, Saved>(entries);
  // numpy also refuses other keys, and Python would take the last of two.
  if (entries.length !== KEYS.length || !KEYS.every((key) => values.has(key)))
    throw malformed(where, 'a header with other keys', KEYS.join(', '));
  const isFortran = values.get('fortran_order');
  if (typeof isFortran !== 'boolean') throw malformed(where, 'a fortran_order of another kind', 'a bool');
  return {
    dtype: readDescr(values.get('descr') as Saved, where),
    shape: readShape(values.get('shape'), where),
    order: isFortran ? 'F' : 'C',
    dataStart,
  };
}

function headerText(bytes: Uint8Array, where: string): { text: string; dataStart: number } {
  if (bytes.length < 12 || MAGIC.some((byte, at) => bytes[at] !== byte))
    throw malformed(where, 'bytes of another kind', 'a .npy file');
  const [version, minor] = [bytes[6] as number, bytes[7] as number];
  if (version < 1 || version > 3 || minor !== 0)
    throw unsupported(where, `a .npy file of version ${version}.${minor}`, 'version 1.0, 2.0 or 3.0');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > HEADER_BYTES) throw hostile(where, `a header of ${length} bytes`, `at most ${HEADER_BYTES}`);
  if (start + length > bytes.length) throw malformed(where, 'a file that ends in its header', 'the whole file');
  const header = bytes.subarray(start, start + length);
  return { text: version === 3 ? utf8Text(header, where) : latin1Text(header), dataStart: start + length };
}

function latin1Text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function utf8Text(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed(where, 'a header that is not UTF-8', 'UTF-8');
  }
}
