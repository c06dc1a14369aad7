// Turns a column of the data into what decides how a recipe treats it: what is missing, how many values differ, what they look like.
import type { Column } from '../../data/table.js';
import { isDate } from '../is-date.js';

export interface ColumnFacts {
  readonly name: string;
  readonly type: Column['type'];
  readonly rows: number;
  readonly missing: number;
  /** Different values, without missing ones. */
  readonly values: ReadonlySet<unknown>;
  /** Every row to train on is missing. */
  readonly untrained: boolean;
  readonly infinite: boolean;
  /** Every text is a date. */
  readonly dates: boolean;
  /** Each value is one more than the one before. */
  readonly counts: boolean;
  /** Its name ends in id, key or the like. */
  readonly namedId: boolean;
}

const ID = /(?:^|[^a-z])(?:id|uuid|guid|key|index|idx)$/i;
const CAMEL_ID = /[a-z](?:Id|ID)$/;

export function columnFacts(column: Column, train: Int32Array): ColumnFacts {
  const { name, type } = column;
  const values = column.values as ArrayLike<unknown>;
  const rows = values.length;
  const isMissing = (row: number): boolean => column.nulls?.[row] === 1 || Number.isNaN(values[row]);
  const different = new Set<unknown>();
  let missing = 0;
  let infinite = false;
  let counts = rows > 1;
  for (let row = 0; row < rows; row++) {
    if (isMissing(row)) {
      missing++;
      counts = false;
      continue;
    }
    const value = values[row];
    different.add(value);
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) infinite = true;
    if (counts && row > 0) counts = Number(value) === Number(values[row - 1]) + 1;
  }
  return {
    name,
    type,
    rows,
    missing,
    values: different,
    untrained: train.every(isMissing),
    infinite,
    dates: type === 'string' && different.size > 0 && [...different].every((text) => isDate(text as string)),
    counts,
    namedId: ID.test(name) || CAMEL_ID.test(name),
  };
}
