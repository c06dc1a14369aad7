// Turns one cell of a table into JSON text, the way MLflow's own encoder writes it into input examples.
import type { Column } from '../data/table.js';

/** Nanoseconds since 1970 as ISO text without a zone, with no more digits than needed. */
export function formatNanoseconds(nanoseconds: bigint): string {
  const second = 1_000_000_000n;
  const rest = ((nanoseconds % second) + second) % second;
  const iso = new Date(Number((nanoseconds - rest) / 1_000_000n)).toISOString().slice(0, 19);
  return rest === 0n
    ? iso
    : `${iso}.${rest
        .toString()
        .padStart(9, '0')
        .replace(/(?:000)+$/, '')}`;
}

/** A float keeps its dot: `5.0`, not `5`, so that readers that look at the spelling see a double. A missing value is null. */
function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'null';
  // JSON has no infinity; every reader turns this number into one.
  if (!Number.isFinite(value)) return value > 0 ? '1e999' : '-1e999';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** JSON text of row `row` of `column`. */
export function formatCell(column: Column, row: number): string {
  if (column.nulls?.[row] === 1) return 'null';
  switch (column.type) {
    case 'double':
    case 'float':
      return formatDouble(column.values[row] ?? Number.NaN);
    case 'long':
    case 'integer':
      return String(column.values[row]);
    case 'boolean':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'string':
      return JSON.stringify(column.values[row]);
    case 'binary':
      return JSON.stringify(Buffer.from(column.values[row] ?? new Uint8Array()).toString('base64'));
    case 'datetime':
      return JSON.stringify(formatNanoseconds(column.values[row] ?? 0n));
    case 'object':
      return formatNested(column.values[row]);
  }
}

/** Integers keep all their digits. */
function formatNested(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return formatDouble(value);
  if (Array.isArray(value)) return `[${value.map(formatNested).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${formatNested(item)}`);
  return `{${entries.join(', ')}}`;
}
