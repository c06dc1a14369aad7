// Turns a key that is a scalar of numpy into the value of Python that it equals, because both find the same entry.
import { isSaved } from '../is-saved.js';
import type { Saved } from '../saved.js';

export function plainKey(key: Saved): Saved {
  if (!isSaved(key, 'array') || key.shape.length > 0 || key.values === null) return key;
  const { kind } = key.dtype;
  const value = key.values[0];
  if (kind === 'b') return value === 1;
  if (kind === 'i' || kind === 'u') return BigInt(value as number | bigint);
  return kind === 'f' || kind === 'U' || kind === 'S' ? (value as Saved) : key;
}
