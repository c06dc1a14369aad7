// Turns a tuple of ints into the shape of an array.
import { isSaved } from '../is-saved.js';
import { malformed } from '../refuse.js';
import type { Saved } from '../saved.js';

export function readShape(value: Saved | undefined, where: string): number[] {
  if (!isSaved(value, 'tuple')) throw malformed(where, 'a shape of another kind', 'a tuple of ints');
  return value.items.map((length) => {
    if (typeof length !== 'bigint' || length < 0n || length > Number.MAX_SAFE_INTEGER)
      throw malformed(where, 'a shape with another value', 'ints that are not negative');
    return Number(length);
  });
}
