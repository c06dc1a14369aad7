// Turns a shape into its number of elements, or refuses a shape that no array in a file can have.
import { ARRAY_LIMITS } from '../limits.js';
import { hostile, malformed } from '../refuse.js';

/** Never more than 2^53, whatever the shape says. */
export function elementsOf(shape: readonly number[], where: string): number {
  if (shape.length > ARRAY_LIMITS.dimensions)
    throw hostile(where, `${shape.length} dimensions`, `at most ${ARRAY_LIMITS.dimensions}`);
  let isEmpty = false;
  let count = 1;
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 0)
      throw malformed(where, `a dimension of length ${length}`, 'whole numbers that are not negative');
    if (length === 0) isEmpty = true;
    else count *= length;
    if (count > Number.MAX_SAFE_INTEGER) throw hostile(where, shapeText(shape), 'a shape that fits into memory');
  }
  if (isEmpty && count > ARRAY_LIMITS.emptyLength)
    throw hostile(where, `${shapeText(shape)} without elements`, `at most ${ARRAY_LIMITS.emptyLength} empty rows`);
  return isEmpty ? 0 : count;
}

export function shapeText(shape: readonly number[]): string {
  return `the shape (${shape.slice(0, ARRAY_LIMITS.dimensions).join(', ')})`;
}
