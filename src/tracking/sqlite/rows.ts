// Turns cells of rows into plain values, for all tables.
import { MlctlError } from '../../errors/error.js';
import type { SqlRow, SqlValue } from './driver.js';

export const text = (value: SqlValue | undefined): string =>
  value === null || value === undefined ? '' : String(value);

export const textOrNull = (value: SqlValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** Integers beyond 2^53 (larger than any real time or step) lose their last digits here, as everywhere in JavaScript. */
export const integer = (value: SqlValue | undefined): number =>
  value === null || value === undefined ? 0 : Number(value);

export const integerOrNull = (value: SqlValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

/** Rows of (key, value) as a map. */
export function tagsOf(rows: readonly SqlRow[], key = 'key', value = 'value'): Map<string, string> {
  return new Map(rows.map((row) => [text(row[key]), text(row[value])]));
}

export function pageSize(asked: number | undefined, usual: number, most: number): number {
  const size = asked ?? usual;
  if (!Number.isSafeInteger(size) || size < 1 || size > most)
    throw new MlctlError('SEARCH_INVALID', `a page of ${size} results was asked for; 1 to ${most} are possible`, {
      hint: `ask for at most ${most} and follow the page tokens`,
    });
  return size;
}
