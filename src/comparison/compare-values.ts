// Turns two records of texts into the values that are not the same.
import type { ValueChangeDocument } from '../documents/diff.js';

type Values = ReadonlyMap<string, string | null>;

/** Sorted by name. */
export function compareValues(a: Values, b: Values): ValueChangeDocument[] {
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names
    .map((name) => ({ name, a: a.get(name) ?? null, b: b.get(name) ?? null }))
    .filter((change) => change.a !== change.b);
}
