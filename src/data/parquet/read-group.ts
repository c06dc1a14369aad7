// Turns columns of one row group into values; any fault of the file becomes an error that names it.
import type { Compressors, FileMetaData, ParquetParsers, RowGroup } from 'hyparquet';
import { MlctlError } from '../../errors/error.js';
import type { ByteSource } from './byte-source.js';
import type { ParquetValues } from './parquet-file.js';

/** A row group is read as a whole, so these limits bound what a small hostile file may unpack to. */
const MOST_GROUP_BYTES = 2 ** 30;
const MOST_GROUP_ROWS = 20_000_000;

export function checkedRows(group: RowGroup, name: string): number {
  const rows = Number(group.num_rows);
  if (!(rows >= 0 && rows <= MOST_GROUP_ROWS) || Number(group.total_byte_size) > MOST_GROUP_BYTES) {
    throw new MlctlError('DATA_INVALID', `${name} has a row group of ${rows} rows and ${group.total_byte_size} bytes`, {
      hint: `write it again with smaller row groups (at most ${MOST_GROUP_ROWS} rows and 1 GiB)`,
    });
  }
  return rows;
}

interface GroupRead {
  /** What messages call the file. */
  readonly name: string;
  readonly file: ByteSource;
  readonly metadata: FileMetaData;
  readonly columns: string[];
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly compressors: Compressors;
  readonly parsers: Partial<ParquetParsers>;
}

export async function readGroupColumns(read: GroupRead): Promise<Map<string, ParquetValues>> {
  const { name, rowStart, rowEnd, columns } = read;
  const chunks = new Map<string, ArrayLike<unknown>[]>(columns.map((column) => [column, []]));
  const { parquetRead } = await import('hyparquet');
  await guarded(name, () =>
    parquetRead({
      ...read,
      utf8: false,
      geoparquet: false,
      onChunk: ({ columnName, columnData }) => chunks.get(columnName)?.push(columnData),
    }),
  );
  return new Map([...chunks].map(([column, parts]) => [column, joined(parts, rowEnd - rowStart, column, name)]));
}

function joined(parts: readonly ArrayLike<unknown>[], rows: number, column: string, name: string): ParquetValues {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length !== rows) {
    throw new MlctlError(
      'DATA_INVALID',
      `${name}: a row group has ${rows} rows and ${length} values of column ${JSON.stringify(column.slice(0, 80))}`,
    );
  }
  if (parts.length === 1) return parts[0]!;
  if (parts.every((part) => part instanceof Float64Array)) {
    const all = new Float64Array(rows);
    let at = 0;
    for (const part of parts) {
      all.set(part as Float64Array, at);
      at += part.length;
    }
    return all;
  }
  return parts.flatMap((part) => Array.from(part));
}

/** Whatever the reader throws for a damaged or hostile file becomes an error about the file. */
export async function guarded<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof MlctlError) throw cause;
    const why = String(cause instanceof Error ? cause.message : cause).slice(0, 200);
    throw new MlctlError('DATA_INVALID', `${name} cannot be read as Parquet: ${why}`, {
      cause,
      hint: 'check that it is a complete Parquet file',
    });
  }
}
