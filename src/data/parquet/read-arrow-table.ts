// Turns a whole Parquet file into columns with their Arrow types and their values as stored.
import type { FileMetaData, ParquetParsers, SchemaElement } from 'hyparquet';
import { MlctlError } from '../../errors/error.js';
import { type ArrowType, arrowTypeOf, isText } from './arrow-type.js';
import type { ByteSource } from './byte-source.js';
import type { ParquetValues } from './parquet-type.js';
import { readArrowSchema } from './read-arrow-schema.js';
import { checkedRows, guarded, readGroupColumns } from './read-group.js';

/**
 * Stored values: booleans, numbers (bigint of 64 bits; unsigned ones as if signed), bytes; text is string, the times of
 * INT96 bigint nanoseconds; lists are arrays, structs and maps objects; null and undefined are missing.
 */
export interface ArrowColumn {
  readonly name: string;
  readonly type: ArrowType;
  /** One for each row group; empty ones if columns share their name. */
  readonly chunks: readonly ParquetValues[];
}

export interface ArrowTable {
  readonly rows: number;
  readonly columns: readonly ArrowColumn[];
  /** What pandas wrote about the frame, as JSON text. */
  readonly pandas: string | null;
}

const MOST_ROWS = 20_000_000;

const text = new TextDecoder('utf-8', { fatal: true });
const PARSERS: Partial<ParquetParsers> = {
  timestampFromNanoseconds: (value) => value,
  stringFromBytes: (bytes) => bytes && text.decode(bytes),
};

/** More than `mostBytes` unpacked is refused before it is read. */
export async function readArrowTable(
  file: ByteSource,
  name: string,
  limits: { readonly mostBytes: number; readonly signal?: AbortSignal },
): Promise<ArrowTable> {
  const [{ parquetMetadataAsync, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const metadata = await guarded(name, () => parquetMetadataAsync(file));
  const sizes = metadata.row_groups.map((group) => ({
    rows: checkedRows(group, name),
    bytes: Number(group.total_byte_size),
  }));
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  const rows = sizes.reduce((sum, size) => sum + size.rows, 0);
  if (bytes > limits.mostBytes || rows > MOST_ROWS) {
    throw new MlctlError(
      'DATA_INVALID',
      `${name} unpacks to ${bytes} bytes in ${rows} rows; at most ${limits.mostBytes} bytes and ${MOST_ROWS} rows can be read at once`,
      { hint: 'use --schema strict, which streams, or send the rows in parts' },
    );
  }
  const tree = parquetSchema(metadata);
  const written = keyOf(metadata, 'ARROW:schema');
  const hints = written === null ? null : readArrowSchema(written);
  const columns = tree.children.map((child, i) => ({
    name: child.element.name,
    type: arrowTypeOf(child, hints?.[i]),
    chunks: [] as ParquetValues[],
  }));
  const raw: FileMetaData = { ...metadata, schema: metadata.schema.map(unannotated) };
  // Two columns of one name cannot be told apart, so they have no values.
  const names = namesOnce(columns.map((column) => column.name));
  let rowStart = 0;
  for (const size of sizes) {
    limits.signal?.throwIfAborted();
    const rowEnd = rowStart + size.rows;
    const values = await readGroupColumns({
      name,
      file,
      metadata: raw,
      columns: names,
      rowStart,
      rowEnd,
      compressors,
      parsers: PARSERS,
    });
    for (const column of columns) column.chunks.push(values.get(column.name) ?? []);
    rowStart = rowEnd;
  }
  return { rows, columns, pandas: keyOf(metadata, 'pandas') };
}

/** Stored values are not converted: the reader's own conversions lose digits of decimals and units of times. */
function unannotated(element: SchemaElement): SchemaElement {
  if ((element.num_children ?? 0) > 0) return element;
  const { converted_type: _converted, logical_type: _logical, ...bare } = element;
  return isText(element) ? { ...bare, converted_type: 'UTF8' } : bare;
}

function namesOnce(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return names.filter((name) => seen.get(name) === 1);
}

function keyOf(metadata: FileMetaData, key: string): string | null {
  return metadata.key_value_metadata?.find((entry) => entry.key === key)?.value ?? null;
}
