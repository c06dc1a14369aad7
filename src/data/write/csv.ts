// Turns a typed table into CSV (RFC 4180, lines end in LF as in Python) that reads back as the same values: doubles by their
// shortest spelling with a point, as Python's repr, so that pandas also sees a float column; longs exact; missing is an empty
// field.
import type { Column, Table } from '../table.js';

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Shortest text that reads back as the same double. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Nanoseconds since 1970 as `2020-01-02 03:04:05.000000006`, with a fraction only if there is one. */
function formatDatetime(nanoseconds: bigint): string {
  const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = new Date(Number((nanoseconds - fraction) / 1_000_000n)).toISOString().slice(0, 19).replace('T', ' ');
  if (fraction === 0n) return seconds;
  const digits = fraction.toString().padStart(9, '0');
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return `${seconds}.${digits.slice(0, end)}`;
}

function cellOf(column: Column): (row: number) => string {
  switch (column.type) {
    case 'double':
    case 'float':
      return (row) => formatDouble(column.values[row] ?? Number.NaN);
    case 'long':
    case 'integer':
      return (row) => String(column.values[row]);
    case 'boolean':
      return (row) => (column.values[row] === 1 ? 'true' : 'false');
    case 'string':
      return (row) => quoted(column.values[row] ?? '');
    case 'datetime':
      return (row) => formatDatetime(column.values[row] ?? 0n);
    case 'binary':
      return (row) => Buffer.from(column.values[row] ?? []).toString('base64');
    case 'object':
      return (row) => quoted(JSON.stringify(column.values[row]) ?? '');
  }
}

export function formatCsv(table: Table): string {
  const cells = table.columns.map((column) => ({ nulls: column.nulls, cell: cellOf(column) }));
  const lines = [table.columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < table.rows; row++) {
    const line = cells.map(({ nulls, cell }) => (nulls?.[row] === 1 ? '' : cell(row))).join(',');
    // Readers skip an empty line.
    lines.push(line === '' && cells.length === 1 ? '""' : line);
  }
  return `${lines.join('\n')}\n`;
}
