// Turns a Parquet file into its columns, with the types that Arrow (and so pandas) gives them, and its stored values, row group by
// row group.
import type { ColumnMetaData, FileMetaData, ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet';
import { MlctlError } from '../../errors/error.js';
import { arrowTypeOf, isText } from './arrow-type-of.js';
import type { ByteSource } from './byte-source.js';
import type { ParquetColumn, ParquetFile, ParquetGroup, ParquetValues } from './parquet-file.js';
import { readArrowSchema } from './read-arrow-schema.js';
import { checkedRows, guarded, readGroupColumns } from './read-group.js';
import { type PandasMetadata, readPandasMetadata } from './read-pandas-metadata.js';

/** How pandas names labels without a name. Other programs copy the column without what pandas wrote about it. */
const UNNAMED_INDEX = /^__index_level_\d+__$/;

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const PARSERS: Partial<ParquetParsers> = {
  timestampFromNanoseconds: (value) => value,
  stringFromBytes: (bytes) => bytes && text.decode(bytes),
};

export async function openParquet(file: ByteSource, name: string): Promise<ParquetFile> {
  const [{ parquetMetadataAsync, parquetSchema }, { compressors }, { readDoubles }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
    import('./read-doubles.js'),
  ]);
  const metadata = await guarded(name, () => parquetMetadataAsync(file));
  const raw: FileMetaData = { ...metadata, schema: metadata.schema.map(unannotated) };
  const { children } = await guarded(name, async () => parquetSchema(metadata));
  const pandas = readPandasMetadata(keyOf(metadata, 'pandas') ?? '');
  const columns = columnsOf(children, metadata, pandas);
  const doubles = firstByName(columns.map((column, i) => ({ ...column, element: children[i]!.element })));
  let flat: { readonly group: number; readonly byName: ReadonlyMap<string, ColumnMetaData> } | null = null;
  let rowStart = 0;
  const groups = metadata.row_groups.map((group, number): ParquetGroup => {
    const rows = checkedRows(group, name);
    const start = rowStart;
    rowStart += rows;
    return {
      rows,
      bytes: Number(group.total_byte_size),
      read: (names) => readGroup(number, names, start, start + rows),
    };
  });
  if (rowStart !== Number(metadata.num_rows))
    throw new MlctlError(
      'DATA_INVALID',
      `${name} says that it has ${metadata.num_rows} rows, but its row groups have ${rowStart}`,
      { hint: 'the file is damaged: write it again' },
    );
  return { columns, rows: rowStart, groups, pandas };

  async function readGroup(
    group: number,
    names: readonly string[],
    rowStart: number,
    rowEnd: number,
  ): Promise<Map<string, ParquetValues>> {
    const values = new Map<string, ParquetValues>();
    for (const column of names) {
      const fast = await guarded(name, () => doublesOf(group, column));
      if (fast !== null) values.set(column, fast);
    }
    const others = names.filter((column) => !values.has(column));
    if (others.length === 0) return values;
    const read = await readGroupColumns({
      name,
      file,
      metadata: raw,
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
    const wanted = doubles.get(column);
    if (wanted?.type.kind !== 'float' || wanted.type.bits !== 64) return null;
    const meta = flatOf(group).get(column);
    if (meta?.type !== 'DOUBLE' || Number(meta.statistics?.null_count ?? 0) > 0) return null;
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
      optional: wanted.element.repetition_type === 'OPTIONAL',
    });
  }

  /** The columns of a row group that are not nested, laid out once for all of them. */
  function flatOf(group: number): ReadonlyMap<string, ColumnMetaData> {
    if (flat?.group !== group) {
      const all = metadata.row_groups[group]?.columns.flatMap(({ meta_data: meta }) =>
        meta?.path_in_schema.length === 1 ? [{ ...meta, name: meta.path_in_schema[0]! }] : [],
      );
      flat = { group, byName: firstByName(all ?? []) };
    }
    return flat.byName;
  }
}

function columnsOf(
  children: readonly SchemaTree[],
  metadata: FileMetaData,
  pandas: PandasMetadata | null,
): ParquetColumn[] {
  const written = keyOf(metadata, 'ARROW:schema');
  const hints = written === null ? null : readArrowSchema(written);
  return children.map((child, i) => {
    const { name } = child.element;
    const isIndex = pandas?.index.has(name) === true || UNNAMED_INDEX.test(name);
    return { name, type: arrowTypeOf(child, hints?.[i]), isIndex };
  });
}

/** Stored values are not converted: the reader's own conversions lose digits of decimals and units of times. */
function unannotated(element: SchemaElement): SchemaElement {
  if ((element.num_children ?? 0) > 0) return element;
  const { converted_type: _converted, logical_type: _logical, ...bare } = element;
  return isText(element) ? { ...bare, converted_type: 'UTF8' } : bare;
}

function firstByName<T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const item of items) if (!byName.has(item.name)) byName.set(item.name, item);
  return byName;
}

function keyOf(metadata: FileMetaData, key: string): string | null {
  return metadata.key_value_metadata?.find((entry) => entry.key === key)?.value ?? null;
}
