// Turns tables, batch by batch, into the bytes of a Parquet file: a row group of some batches at a time, so memory does not grow
// with the rows.
import type { DecodedArray, SchemaElement } from 'hyparquet';
import { concatTables } from '../concat-tables.js';
import type { KeptCells } from '../kept-cells.js';
import type { Column, Table } from '../table.js';
import { nestedText } from './cell-writer.js';
import { keptText } from './kept-cell-writer.js';
import type { RowWriter } from './row-writer.js';

const GROUP_ROWS = 131_072;

/** Missing values are null, datetimes have no zone, and nested values are JSON text. */
export async function openParquetWriter(): Promise<RowWriter> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter(1 << 20);
  let writer: InstanceType<typeof ParquetWriter> | null = null;
  let waiting: Table[] = [];
  let rows = 0;

  function writeGroup(): void {
    const { columns } = concatTables(waiting);
    writer ??= new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: 'mlctl' });
    if (rows > 0)
      writer.write({
        columnData: columns.map((column) => ({ name: column.name, data: cellsOf(column) })),
        rowGroupSize: rows,
      });
    waiting = [];
    rows = 0;
  }

  function taken(): Buffer {
    const copy = Buffer.from(bytes.getBytes());
    // The writer counts what was written in `offset`; `index` is the place in its memory.
    bytes.index = 0;
    return copy;
  }

  return {
    rows(table, kept = []) {
      waiting.push({ rows: table.rows, columns: [...kept.map(textColumn), ...table.columns] });
      rows += table.rows;
      if (rows >= GROUP_ROWS) writeGroup();
      return taken();
    },
    rest: () => Buffer.alloc(0),
    end() {
      if (rows > 0 || writer === null) writeGroup();
      writer?.finish();
      return taken();
    },
  };
}

/** A kept column is text, because its cells may have any type in a later batch. */
function textColumn({ name, values }: KeptCells): Column {
  const missing = values.map((value) => (value === null ? 1 : 0));
  return {
    name,
    type: 'string',
    values: values.map((value) => (value === null ? '' : keptText(value))),
    ...(missing.includes(1) ? { nulls: Uint8Array.from(missing) } : {}),
  };
}

/** A later batch may have the first missing value, so all columns may have some. */
function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...elementOf(type) })),
  ];
}

function elementOf(type: Column['type']): Omit<SchemaElement, 'name'> {
  switch (type) {
    case 'double':
      return { type: 'DOUBLE' };
    case 'float':
      return { type: 'FLOAT' };
    case 'long':
      return { type: 'INT64' };
    case 'integer':
      return { type: 'INT32' };
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'binary':
      return { type: 'BYTE_ARRAY' };
    case 'datetime':
      return { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } };
    case 'string':
    case 'object':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}

function cellsOf(column: Column): DecodedArray {
  const { nulls } = column;
  if (column.type !== 'boolean' && column.type !== 'object' && nulls === undefined)
    return column.values as DecodedArray;
  return Array.from(column.values as ArrayLike<unknown>, (value, row) => {
    if (nulls?.[row] === 1) return null;
    if (column.type === 'boolean') return value === 1;
    if (column.type === 'object') return value === null ? null : nestedText(value);
    return value;
  });
}
