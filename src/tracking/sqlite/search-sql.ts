// Turns comparisons and orders into SQL over MLflow's tables, as Python's own store reads them (NaN is not a number, missing
// values sort last).
import type { Comparison } from '../filter.js';
import type { SqlValue } from './driver.js';

export interface SqlPart {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export const and = (parts: readonly SqlPart[]): SqlPart => ({
  sql: parts.length === 0 ? '1' : parts.map((part) => `(${part.sql})`).join(' AND '),
  values: parts.flatMap((part) => part.values),
});

/** `column` compared with the value. LIKE is case-sensitive (the connection's case_sensitive_like), ILIKE is not. */
export function compareColumn(
  column: string,
  { comparator, value }: Pick<Comparison, 'comparator' | 'value'>,
): SqlPart {
  if (Array.isArray(value)) {
    const list = value as readonly string[];
    return { sql: `${column} ${comparator} (${list.map(() => '?').join(', ')})`, values: list };
  }
  const single = value as string | number;
  if (comparator === 'ILIKE') return { sql: `lower(${column}) LIKE lower(?)`, values: [single] };
  return { sql: `${column} ${comparator} ?`, values: [single] };
}

/** Where an entity is stored: the letter its row has in the SELECT, its table of tags, and how a tag belongs to the row. */
export interface SearchTables {
  readonly row: string;
  readonly tags: string;
  readonly owner: string;
  /** Columns whose names differ from those in MLflow's filters. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** One comparison with a tag or a column. */
export function comparisonSql({ row, tags, owner, columns }: SearchTables, comparison: Comparison): SqlPart {
  const { kind, key } = comparison;
  return kind === 'tag'
    ? compareKeyed(tags, owner, comparison)
    : compareColumn(`${row}.${columns?.[key] ?? key}`, comparison);
}

/** A row of a key-value table (params, tags) that belongs to `owner` (`t.run_uuid = runs.run_uuid`). */
export function compareKeyed(table: string, owner: string, { key, comparator, value }: Comparison): SqlPart {
  const head = `EXISTS (SELECT 1 FROM ${table} t WHERE ${owner} AND t.key = ?`;
  if (comparator === 'IS NULL') return { sql: `NOT ${head})`, values: [key] };
  if (comparator === 'IS NOT NULL') return { sql: `${head})`, values: [key] };
  const part = compareColumn('t.value', { comparator, value });
  return { sql: `${head} AND ${part.sql})`, values: [key, ...part.values] };
}
