// Turns the answers of a model and of its conversion to the same rows into how far they are apart.
import type { Column, Table } from '../../data/table.js';

interface Apart {
  /** Values that are labels (text, integers, booleans) or missing, and are not the same. */
  readonly labels: number;
  /** Of numbers: |a − b|, relative to the larger where that is above 1. */
  readonly largest: number;
  /** The first row where labels differ, or the row of the largest difference; null if nothing differs. */
  readonly row: number | null;
}

export function compareAnswers(expected: Table, found: Table): Apart {
  let [labels, largest] = [0, 0];
  let worst: number | null = null;
  for (let row = 0; row < expected.rows; row++) {
    const [wanted, given] = [valuesOf(expected, row), valuesOf(found, row)];
    const count = Math.max(wanted.length, given.length);
    for (let k = 0; k < count; k++) {
      const apart = distance(wanted[k], given[k]);
      if (apart === null) {
        if (labels++ === 0) worst = row;
      } else if (apart > largest) {
        largest = apart;
        if (labels === 0) worst = row;
      }
    }
  }
  return { labels, largest, row: worst };
}

/** All values of a row, side by side: one array of several columns, or several arrays of one. */
function valuesOf({ columns }: Table, row: number): unknown[] {
  return columns.flatMap((column) => cellValues(column, row));
}

function cellValues(column: Column, row: number): unknown {
  if (column.nulls?.[row] === 1) return [undefined];
  const value: unknown = column.values[row];
  if (Array.isArray(value)) return value;
  return [column.type === 'boolean' ? value === 1 : value];
}

/** Null: not numbers, or only one of them is finite, and not the same. */
function distance(a: unknown, b: unknown): number | null {
  if (Object.is(a, b) || a === b) return 0;
  if (typeof a === 'bigint' || typeof b === 'bigint')
    return typeof a !== typeof b && Number(a) === Number(b) ? 0 : null;
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}
