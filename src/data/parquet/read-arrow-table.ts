// Turns a whole Parquet file into columns with their Arrow types and their values as stored.
import { MlctlError } from '../../errors/error.js';
import type { ArrowType } from './arrow-type.js';
import type { ByteSource } from './byte-source.js';
import { openParquet } from './open-parquet.js';
import type { ParquetValues } from './parquet-file.js';
import { readInPieces } from './read-in-pieces.js';
import type { PandasMetadata } from './read-pandas-metadata.js';

export interface ArrowColumn {
  readonly name: string;
  readonly type: ArrowType;
  /** One for each row group; empty ones if columns share their name. */
  readonly chunks: readonly ParquetValues[];
}

export interface ArrowTable {
  readonly rows: number;
  readonly columns: readonly ArrowColumn[];
  /** What pandas wrote about the frame. */
  readonly pandas: PandasMetadata | null;
}

const MOST_ROWS = 20_000_000;

/** More than `mostBytes` unpacked is refused before it is read. */
export async function readArrowTable(
  source: ByteSource,
  name: string,
  limits: { readonly mostBytes: number; readonly signal?: AbortSignal },
): Promise<ArrowTable> {
  const { columns: found, rows, groups, pandas } = await openParquet(source, name);
  const bytes = groups.reduce((sum, group) => sum + group.bytes, 0);
  if (bytes > limits.mostBytes || rows > MOST_ROWS) {
    throw new MlctlError(
      'DATA_INVALID',
      `${name} unpacks to ${bytes} bytes in ${rows} rows; at most ${limits.mostBytes} bytes and ${MOST_ROWS} rows can be read at once`,
      { hint: 'use --schema strict, which streams, or send the rows in parts' },
    );
  }
  const columns = found.map((column) => ({ name: column.name, type: column.type, chunks: [] as ParquetValues[] }));
  // Two columns of one name cannot be told apart, so they have no values.
  const names = namesOnce(columns.map((column) => column.name));
  for (const group of groups) {
    const values = new Map<string, ParquetValues>();
    for await (const piece of readInPieces(group, names)) {
      limits.signal?.throwIfAborted();
      for (const [column, part] of piece) values.set(column, part);
    }
    for (const column of columns) column.chunks.push(values.get(column.name) ?? []);
  }
  return { rows, columns, pandas };
}

function namesOnce(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return names.filter((name) => seen.get(name) === 1);
}
