// Turns the names of the data into the one that is pandas' saved index: a first column that the signature does not have.
import { isSavedIndex } from '../../data/saved-index.js';
import type { ColumnSpec } from '../types.js';
import { showName } from './show.js';

export function savedIndexOf(columns: readonly ColumnSpec[], given: readonly string[]): string | null {
  const [first] = given;
  if (first === undefined || !isSavedIndex(first, 0)) return null;
  return columns.some(({ name }) => name === first || name === undefined) ? null : first;
}

export const ignoredIndex = (name: string): string =>
  `the first column, ${showName(name)}, is named as the index that pandas saves: it is ignored`;
