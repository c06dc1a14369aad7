// Turns a CSV body into a frame as the scoring server does: `pd.read_csv` with the signature's types.

import type { Dialect } from '../../../data/csv/dialect.js';
import { refuseLargeTable } from '../../batch-size.js';
import type { Schema } from '../../types.js';
import { inputNames, keyOf } from '../column-names.js';
import { NUMPY_TEXT } from '../enforce-scalar.js';
import { PyFailure } from '../failure.js';
import { inferColumn, readColumn } from '../pandas/csv-columns.js';
import { csvRows } from '../pandas/csv-tokens.js';
import { series, withIndex } from '../pandas/pandas-frame.js';
import type { TypedValues } from '../pandas/pandas-infer.js';
import type { DataFrame, PyValue } from '../python/python-value.js';
import { invalidInput } from './wire-table.js';

/** A header's names: empty ones become `Unnamed: 0`, repeated ones `a.1`; a repeated one has its first one's type. */
function headerNames(header: readonly string[], types: Map<PyValue, string>): string[] {
  const names = header.map((name, i) => (name === '' ? `Unnamed: ${i}` : name));
  const counts = new Map<string, number>();
  const taken = new Set(names);
  const named = header.map((name, i) => ({ i, empty: name === '' }));
  // Given names come before made-up ones.
  for (const { i } of [...named.filter(({ empty }) => !empty), ...named.filter(({ empty }) => empty)]) {
    const old = names[i]!;
    let name = old;
    let count = counts.get(name) ?? 0;
    if (count > 0) {
      while (count > 0) {
        counts.set(old, count + 1);
        name = `${old}.${count}`;
        count = taken.has(name) ? count + 1 : (counts.get(name) ?? 0);
      }
      const type = types.get(old);
      if (type !== undefined && !types.has(name)) types.set(name, type);
    }
    names[i] = name;
    taken.add(name);
    counts.set(name, count + 1);
  }
  return names;
}

/** `dict(zip(names, pandas_types))`; only scalar columns have such types. */
function dtypesOf(schema: Schema | null): Map<PyValue, string> {
  if (schema === null) return new Map();
  if (schema.kind === 'tensors')
    throw new PyFailure('MlflowException', 'TensorSpec only supports numpy types, use numpy_types() instead');
  const types = schema.columns.map(({ type }) => {
    if (type.kind !== 'scalar')
      throw new PyFailure(
        'MlflowException',
        'Failed to get pandas types as some of the inputs types are not DataType.',
      );
    return type.scalar === 'string' || type.scalar === 'binary' ? 'object' : NUMPY_TEXT[type.scalar];
  });
  return new Map(inputNames(schema).map((name, i) => [keyOf(name), types[i]!]));
}

function readTable(text: string, schema: Schema | null, dialect: Dialect): DataFrame {
  const types = dtypesOf(schema);
  const rows = csvRows(text, dialect.delimiter, dialect.quote);
  const [header, ...body] = rows;
  if (header === undefined)
    throw new PyFailure('EmptyDataError', 'No columns to parse from file', { tmpl: 'native:no_columns' });
  const given = new Map(types);
  const names = headerNames(header, types);
  // Types by position must all have a column if there are no rows.
  if (body.length === 0 && [...types.keys()].some((key) => typeof key === 'bigint' && key >= names.length))
    throw new PyFailure('IndexError', 'list index out of range', { tmpl: 'native:index' });
  refuseLargeTable(body.length, names.length);
  const missing = new Set(dialect.missingValues);
  const fields = (place: number) => {
    const texts = body.map((row) => row[place] ?? '');
    return missing.size === 0 ? texts : texts.map((text) => (missing.has(text) ? '' : text));
  };
  const read = (texts: readonly string[], dtype: string | undefined, place: number): TypedValues =>
    dialect.decimal === '.' ? readAs(texts, dtype, place) : readCommas(texts, dtype, place);
  // A first row wider than the header: its first fields are the index.
  const leading = body.length === 0 ? 0 : Math.max(0, body[0]!.length - names.length);
  const columns = names.map((name, i) => {
    const place = i + leading;
    const dtype = types.get(name) ?? types.get(BigInt(place));
    // Without rows a repeated name has no type.
    if (body.length === 0)
      return series(name, { dtype: given.get(name) ?? given.get(BigInt(i)) ?? 'object', data: [] });
    return series(name, read(fields(place), dtype, place));
  });
  const indices = Array.from({ length: leading }, (_, i) => {
    const dtype = types.get(BigInt(i));
    return read(fields(i), dtype, i);
  });
  return withIndex(body.length, columns, leading === 0 ? null : indexOf(indices, body.length));
}

const readAs = (texts: readonly string[], dtype: string | undefined, place: number): TypedValues =>
  dtype === undefined ? inferColumn(texts) : readColumn(texts, dtype, place);

const turned = (text: string): string => text.replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','));

/** With `decimal=','` a comma is the point of a float, and a point is not a part of one. */
function readCommas(texts: readonly string[], dtype: string | undefined, place: number): TypedValues {
  if (dtype !== undefined) return readColumn(dtype === 'object' ? texts : texts.map(turned), dtype, place);
  const read = inferColumn(texts.map(turned));
  return { ...read, data: read.data.map((value) => (typeof value === 'string' ? turned(value) : value)) };
}

/** One leading column is the index; several make a MultiIndex of tuples. */
function indexOf(indices: readonly TypedValues[], rows: number): PyValue[] {
  const values = ({ dtype, data }: TypedValues) => (dtype === 'str' ? data.map((value) => value ?? Number.NaN) : data);
  const parts = indices.map(values);
  if (parts.length === 1) return parts[0]!;
  return Array.from({ length: rows }, (_, row) => ({ kind: 'tuple', items: parts.map((part) => part[row]!) }));
}

/** The dialect's words are read_csv's `sep`, `quotechar`, `na_values` and `decimal`. */
export function readCsv(body: Uint8Array, schema: Schema | null, dialect: Dialect): DataFrame {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw invalidInput("Ensure that input is a valid UTF-8 encoded string. Error: 'UnicodeDecodeError'", {
      tmpl: 'utf8',
    });
  }
  try {
    return readTable(text, schema, dialect);
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    throw new PyFailure(
      'MlflowException',
      'Failed to parse input as a Pandas DataFrame. Ensure that the input is a valid CSV-formatted Pandas DataFrame produced using the `pandas.DataFrame.to_csv()` method. ' +
        `Error: '${error.message}'`,
      { tmpl: 'csv_parse', args: { why: error.tmpl } },
    );
  }
}
