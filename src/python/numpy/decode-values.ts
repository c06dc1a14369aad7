// Turns the bytes of plain elements (numbers, booleans, texts, times) into typed values.
import { halfValue } from '../../data/half-float.js';
import { ARRAY_LIMITS } from '../limits.js';
import { hostile, malformed } from '../refuse.js';
import type { ArrayValues } from '../saved.js';
import type { DType } from './dtype.js';

/** Typed arrays have the byte order of this machine. */
const BIG_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;
const NUMBERS = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  u8: BigUint64Array,
  M8: BigInt64Array,
  m8: BigInt64Array,
  // Pairs: the real part, then the imaginary part.
  c8: Float32Array,
  c16: Float64Array,
} as const;

/** `bytes` holds exactly `count` elements of a dtype that is not of records and not of objects. */
export function decodeValues(dtype: DType, count: number, bytes: Uint8Array, where: string): ArrayValues {
  const { kind, size } = dtype;
  if (kind === 'b') return bytes.map((byte) => (byte === 0 ? 0 : 1));
  if (kind === 'U' || kind === 'S' || kind === 'V') {
    const most = kind === 'U' ? ARRAY_LIMITS.texts : ARRAY_LIMITS.bytes;
    if (count > most) throw hostile(where, `${count} elements of the kind ${kind}`, `at most ${most}`);
    if (kind === 'U') return decodeTexts(nativeBytes(bytes, 4, dtype.bigEndian), count, size / 4, where);
    return Array.from({ length: count }, (_, at) => ownBytes(bytes.subarray(at * size, (at + 1) * size), kind));
  }
  if (kind === 'f' && size === 2)
    return Float32Array.from(new Uint16Array(nativeBytes(bytes, 2, dtype.bigEndian)), halfValue);
  const Values = NUMBERS[`${kind}${size}` as keyof typeof NUMBERS];
  return new Values(nativeBytes(bytes, kind === 'c' ? size / 2 : size, dtype.bigEndian));
}

/** A copy, so that it is aligned and does not keep the whole file in memory. */
function nativeBytes(bytes: Uint8Array, unit: number, bigEndian: boolean): ArrayBuffer {
  const copy = new Uint8Array(bytes);
  if (bigEndian !== BIG_ENDIAN && unit > 1)
    for (let at = 0; at < copy.length; at += unit) copy.subarray(at, at + unit).reverse();
  return copy.buffer;
}

/** Four bytes a character; numpy fills short texts up with zeros. */
function decodeTexts(buffer: ArrayBuffer, count: number, width: number, where: string): string[] {
  const points = new Uint32Array(buffer);
  return Array.from({ length: count }, (_, at) => {
    let end = (at + 1) * width;
    while (end > at * width && points[end - 1] === 0) end -= 1;
    let text = '';
    for (let from = at * width; from < end; from += 1) {
      const point = points[from] as number;
      if (point > 0x10ffff) throw malformed(where, `the character ${point}`, 'characters of Unicode');
      text += String.fromCodePoint(point);
    }
    return text;
  });
}

/** numpy fills short bytes up with zeros, but a plain void element is all of its bytes. */
function ownBytes(element: Uint8Array, kind: 'S' | 'V'): Uint8Array {
  let end = element.length;
  if (kind === 'S') while (end > 0 && element[end - 1] === 0) end -= 1;
  return element.slice(0, end);
}
