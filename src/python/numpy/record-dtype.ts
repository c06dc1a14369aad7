// Turns the fields of a dtype into a dtype of records, after it has checked that they fit into one record without overlap.
import { ARRAY_LIMITS } from '../limits.js';
import { hostile, malformed } from '../refuse.js';
import type { DType, DTypeField } from './dtype.js';
import { elementsOf } from './elements-of.js';

/** `size` is that of one whole record, padding included. */
export function recordDType(fields: readonly DTypeField[], size: number, where: string): DType {
  if (fields.length > ARRAY_LIMITS.fields)
    throw hostile(where, `a dtype with ${fields.length} fields`, `at most ${ARRAY_LIMITS.fields}`);
  if (!Number.isSafeInteger(size) || size < 0) throw malformed(where, `records of ${size} bytes`, 'a size');
  const names = new Set<string>();
  let next = 0;
  for (const field of [...fields].sort((a, b) => a.offset - b.offset)) {
    if (names.has(field.name)) throw malformed(where, `two fields named '${field.name}'`, 'one of each name');
    names.add(field.name);
    if (!Number.isSafeInteger(field.offset) || field.offset < next)
      throw malformed(where, `the field '${field.name}' at byte ${field.offset}`, `fields that do not overlap`);
    next = field.offset + field.dtype.size * elementsOf(field.shape, where);
  }
  // elementsOf keeps each product in range, and each step adds one of them, so the sum is exact.
  if (!(next <= size))
    throw malformed(where, `fields of ${next} bytes in records of ${size}`, 'fields inside the record');
  if (recordDepth(fields) > ARRAY_LIMITS.recordDepth)
    throw hostile(where, 'records inside records', `at most ${ARRAY_LIMITS.recordDepth} levels`);
  return { kind: 'V', size, bigEndian: false, unit: null, fields };
}

function recordDepth(fields: readonly DTypeField[]): number {
  return 1 + Math.max(0, ...fields.map(({ dtype }) => (dtype.fields === null ? 0 : recordDepth(dtype.fields))));
}
