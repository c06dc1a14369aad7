// Turns a column into the position of each value among known categories.
import type { FrameColumn } from '../frame.js';

/**
 * Texts or numbers, in scikit-learn's order. NaN, at the end, is the missing value (also of text) if training saw one. Python may
 * have seen None instead, which is null, or both.
 */
export type Categories = readonly (string | number | null)[];

/** Used instead of a position. */
export const UNKNOWN = -1;
export const MISSING = -2;

export function isMissing(column: FrameColumn, row: number): boolean {
  return column.kind === 'text' ? column.nulls?.[row] === 1 : Number.isNaN(column.values[row]);
}

/** UNKNOWN for a value that is not among the categories, MISSING for a missing one that is not. */
export function categoryPlaces(column: FrameColumn, categories: Categories): Int32Array {
  const placeOf = new Map<string | number | null, number>(categories.map((category, place) => [category, place]));
  const missing = placeOf.get(Number.NaN) ?? placeOf.get(null) ?? MISSING;
  const places = new Int32Array(column.values.length);
  for (let i = 0; i < places.length; i++)
    places[i] = isMissing(column, i) ? missing : (placeOf.get(column.values[i]!) ?? UNKNOWN);
  return places;
}
