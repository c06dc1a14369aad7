// Turns a table into the approximate number of bytes it takes in memory.
import type { Table } from '../data/table.js';

export function tableBytes(table: Table): number {
  let bytes = 0;
  for (const { values } of table.columns) {
    if (ArrayBuffer.isView(values)) bytes += values.byteLength;
    // Text and nested values are estimated from the first rows.
    else bytes += values.length * 64;
    if (Array.isArray(values)) for (const value of values) bytes += typeof value === 'string' ? value.length : 0;
  }
  return bytes;
}
