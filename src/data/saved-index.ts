// Tells the index that pandas saved with a table from the columns of data.
import type { Column } from './table.js';

/** `to_csv` writes the index as a first column without a name, which `read_csv` calls "Unnamed: 0". */
export const isSavedIndex = (name: string, place: number): boolean =>
  place === 0 && (name === '' || name === 'Unnamed: 0');

/** Whether the column only counts the rows, from any number on. */
export function countsRows({ type, values, nulls }: Column): boolean {
  if (type !== 'long' || nulls !== undefined || values.length === 0) return false;
  const first = values[0]!;
  return values.every((value: bigint, row: number) => value === first + BigInt(row));
}

export const savedIndexNote = (name: string): string =>
  `the first column ${name === '' ? 'has no name' : `is ${JSON.stringify(name)}`} and only counts the rows, as the index that pandas saves: it is left out`;
