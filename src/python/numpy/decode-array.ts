// Turns the raw bytes of an array of numpy into typed values in C order, after it has checked that the shape fits the bytes.
import { hostile, malformed } from '../refuse.js';
import type { SavedArray } from '../saved.js';
import { cOrder } from './c-order.js';
import { decodeValues } from './decode-values.js';
import { type DType, dtypeText } from './dtype.js';
import { elementsOf, shapeText } from './elements-of.js';

/** Arrays of objects (kind O) are refused: their elements are not bytes, so only the reader of the file knows them. */
export function decodeArray(
  dtype: DType,
  shape: readonly number[],
  order: 'C' | 'F',
  bytes: Uint8Array,
  where: string,
): SavedArray {
  if (holdsObjects(dtype)) throw hostile(where, 'an array whose bytes are Python objects', 'numbers, texts or records');
  const count = elementsOf(shape, where);
  // Elements without bytes could be as many as the shape says, whatever the file holds.
  const isWhole = count === 0 ? bytes.length === 0 : dtype.size > 0 && count === bytes.length / dtype.size;
  if (!isWhole) {
    const needs = `${shapeText(shape)} of ${dtypeText(dtype)} with ${bytes.length} bytes`;
    throw malformed(where, needs, 'exactly the bytes that the shape needs');
  }
  const own = order === 'F' ? cOrder(bytes, shape, dtype.size) : bytes;
  return decode(dtype, [...shape], count, own, where);
}

function decode(dtype: DType, shape: readonly number[], count: number, bytes: Uint8Array, where: string): SavedArray {
  const { kind, size, fields } = dtype;
  const values = fields === null ? decodeValues(dtype, count, bytes, where) : null;
  if (fields === null) return { type: 'array', dtype: { kind, size }, shape, values, fields: null };
  const decoded = new Map<string, SavedArray>();
  for (const field of fields) {
    const place = `${where}['${field.name}']`;
    const each = elementsOf(field.shape, place);
    const width = each * field.dtype.size;
    if (width === 0 && each * count > 0)
      throw malformed(place, 'a field without bytes', 'elements of at least one byte');
    const gathered = gather(bytes, count, size, field.offset, width);
    decoded.set(field.name, decode(field.dtype, [...shape, ...field.shape], count * each, gathered, place));
  }
  return { type: 'array', dtype: { kind, size }, shape, values: null, fields: decoded };
}

/** The bytes of one field of all records, one after the other. */
function gather(bytes: Uint8Array, count: number, size: number, offset: number, width: number): Uint8Array {
  const out = new Uint8Array(count * width);
  for (let record = 0, from = offset, to = 0; record < count; record += 1, from += size)
    for (let byte = 0; byte < width; byte += 1, to += 1) out[to] = bytes[from + byte] as number;
  return out;
}

function holdsObjects({ kind, fields }: DType): boolean {
  return kind === 'O' || (fields?.some(({ dtype }) => holdsObjects(dtype)) ?? false);
}
