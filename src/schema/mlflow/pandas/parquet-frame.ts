// Turns a Parquet file into the DataFrame that pandas reads (`pd.read_parquet`): dtypes of the columns, and what pandas itself
// wrote about them.
import type { ArrowColumn, ArrowTable } from '../../../data/parquet/read-arrow-table.js';
import type { PandasMetadata } from '../../../data/parquet/read-pandas-metadata.js';
import { PyFailure } from '../failure.js';
import type { DataFrame, PyValue, Series } from '../python/python-value.js';
import { columnOfParquet } from './parquet-column.js';

/** The server's answer if pandas raises. */
export function parquetFailure(why = ''): PyFailure {
  return new PyFailure(
    'MlflowException',
    `Failed to parse input as a Pandas DataFrame. Ensure that the input is a valid Parquet Pandas DataFrame produced using the \`pandas.DataFrame.to_parquet()\` method.${why === '' ? '' : ` Error: '${why}'`}`,
    { tmpl: 'parquet_parse' },
  );
}

export function frameOfParquet(table: ArrowTable): DataFrame {
  const names = table.columns.map(({ name }) => name);
  const last = new Map(names.map((name, at) => [name, at]));
  const repeated = names.find((name, at) => last.get(name) !== at);
  if (repeated !== undefined) throw parquetFailure(`Multiple matches for FieldRef.Name(${repeated})`);
  const written = table.pandas;
  // The index is written as columns of its own, which the frame does not have any more.
  const kept = table.columns.filter(({ name }) => written?.index.has(name) !== true);
  try {
    return { kind: 'dataframe', rows: table.rows, columns: kept.map((column) => seriesOf(column, written)) };
  } catch (error) {
    throw error instanceof PyFailure ? parquetFailure(error.message) : error;
  }
}

function seriesOf(column: ArrowColumn, written: PandasMetadata | null): Series {
  const extension = written?.extensions.get(column.name);
  const name = nameOf(column.name, written?.labels ?? null);
  return { kind: 'series', name, ...columnOfParquet(column, extension) };
}

/** Labels that are numbers are written as text. */
function nameOf(text: string, labels: string | null): PyValue {
  if (labels === null) return text;
  if (/^u?int\d+$/.test(labels) && /^-?\d{1,20}$/.test(text)) return BigInt(text);
  if (/^float\d+$/.test(labels) && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (labels === 'tuple') return { kind: 'other', cls: 'tuple', repr: text };
  return text;
}
