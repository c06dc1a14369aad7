// Turns a Parquet file into its columns, with the dtypes pandas would give them, and its values, row group by row group.
import type { ColumnMetaData, ParquetParsers, SchemaTree } from 'hyparquet';
import type { ByteSource } from './byte-source.js';
import type { ParquetColumn, ParquetType, ParquetValues } from './parquet-type.js';
import { checkedRows, guarded, readGroupColumns } from './read-group.js';

interface ParquetGroup {
  readonly rows: number;
  read(names: readonly string[]): Promise<ReadonlyMap<string, ParquetValues>>;
}

export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  groups(): Iterable<ParquetGroup>;
}

const text = new TextDecoder('utf-8', { fatal: true });
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => value && value * 1_000_000n,
  timestampFromMicroseconds: (value) => value && value * 1000n,
  timestampFromNanoseconds: (value) => value,
  dateFromDays: (days) => (typeof days === 'number' ? BigInt(days) * 86_400_000_000_000n : days),
  stringFromBytes: (bytes) => bytes && text.decode(bytes),
  jsonFromBytes: (bytes) => bytes && text.decode(bytes),
};

export async function openParquet(file: ByteSource, name: string): Promise<ParquetFile> {
  const [{ parquetMetadataAsync, parquetSchema }, { compressors }, { readDoubles }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
    import('./read-doubles.js'),
  ]);
  const metadata = await guarded(name, () => parquetMetadataAsync(file));
  const tree = parquetSchema(metadata);
  const columns = tree.children.map((child) => ({ name: child.element.name, type: parquetType(child) }));
  const children = firstByName(tree.children, ({ element }) => element.name);
  let flat: { readonly group: number; readonly byName: ReadonlyMap<string, ColumnMetaData> } | null = null;
  return { columns, rows: Number(metadata.num_rows), groups };

  /** The columns of a row group that are not nested, laid out once for all of them. */
  function flatOf(group: number): ReadonlyMap<string, ColumnMetaData> {
    if (flat?.group !== group) {
      const all = metadata.row_groups[group]?.columns.flatMap(({ meta_data: meta }) =>
        meta?.path_in_schema.length === 1 ? [meta] : [],
      );
      flat = { group, byName: firstByName(all ?? [], ({ path_in_schema: [name] }) => name!) };
    }
    return flat.byName;
  }

  function* groups(): Generator<ParquetGroup> {
    let rowStart = 0;
    for (const [number, group] of metadata.row_groups.entries()) {
      const rows = checkedRows(group, name);
      const start = rowStart;
      rowStart += rows;
      yield { rows, read: (names) => readGroup(number, names, start, start + rows) };
    }
  }

  async function readGroup(
    group: number,
    names: readonly string[],
    rowStart: number,
    rowEnd: number,
  ): Promise<Map<string, ParquetValues>> {
    const values = new Map<string, ParquetValues>();
    for (const column of names) {
      const doubles = await guarded(name, () => doublesOf(group, column));
      if (doubles !== null) values.set(column, doubles);
    }
    const others = names.filter((column) => !values.has(column));
    if (others.length === 0) return values;
    const read = await readGroupColumns({
      name,
      file,
      metadata,
      columns: others,
      rowStart,
      rowEnd,
      compressors,
      parsers: PARSERS,
    });
    for (const [column, parts] of read) values.set(column, parts);
    return values;
  }

  /** Flat columns of doubles without missing values have a fast reader; null: use the general one. */
  async function doublesOf(group: number, column: string): Promise<Float64Array | null> {
    const child = children.get(column);
    const meta = flatOf(group).get(column);
    if (meta === undefined || child === undefined || meta.type !== 'DOUBLE' || parquetType(child) !== 'float64')
      return null;
    if (Number(meta.statistics?.null_count ?? 0) > 0) return null;
    // A dictionary, if there is one, comes before the pages; some writers write 0 for none.
    const first = Number(meta.dictionary_page_offset ?? 0) || Number(meta.data_page_offset);
    const start = Math.min(first, Number(meta.data_page_offset));
    const size = Number(meta.total_compressed_size);
    if (!(start >= 4 && size >= 0 && start + size <= file.byteLength)) return null;
    return readDoubles({
      bytes: await file.slice(start, start + size),
      rows: Number(metadata.row_groups[group]!.num_rows),
      codec: meta.codec,
      compressors,
      optional: child.element.repetition_type === 'OPTIONAL',
    });
  }
}

/** The first of those with one name. */
function firstByName<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const item of items) if (!byName.has(nameOf(item))) byName.set(nameOf(item), item);
  return byName;
}

function parquetType({ element, children }: SchemaTree): ParquetType {
  const { type, converted_type: converted, logical_type: logical, repetition_type: repetition } = element;
  if (children.length > 0 || repetition === 'REPEATED') return 'nested';
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC ? 'datetime64 UTC' : 'datetime64';
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS') return 'datetime64 UTC';
  if (logical?.type === 'INTEGER') return `${logical.isSigned ? '' : 'u'}int${logical.bitWidth}` as ParquetType;
  if (logical?.type === 'FLOAT16') return 'float16';
  if (logical?.type === 'STRING' || logical?.type === 'ENUM' || converted === 'UTF8' || converted === 'ENUM')
    return 'str';
  const integer = /^(?<sign>U?)INT_(?<bits>8|16|32|64)$/.exec(converted ?? '')?.groups;
  if (integer) return `${integer.sign === 'U' ? 'u' : ''}int${integer.bits}` as ParquetType;
  if (logical?.type === 'DATE' || converted === 'DATE') return 'date';
  if (converted !== undefined || (logical !== undefined && logical.type !== 'UUID')) return 'other';
  switch (type) {
    case 'BOOLEAN':
      return 'bool';
    case 'INT32':
      return 'int32';
    case 'INT64':
      return 'int64';
    case 'INT96':
      return 'datetime64';
    case 'FLOAT':
      return 'float32';
    case 'DOUBLE':
      return 'float64';
    case 'BYTE_ARRAY':
      return 'bytes';
    default:
      return 'other';
  }
}
