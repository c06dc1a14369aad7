// Turns typed columns or sample rows into a schema, as MLflow's `infer_signature` types a data frame; if MLflow gives up
// silently, this is an error.

import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { rowName } from '../errors/row-name.js';
import { showName } from './strict/show.js';
import type { ColumnSpec, ColumnType, Property, Schema } from './types.js';

interface InferredSchema {
  readonly schema: Schema;
  readonly warnings: readonly string[];
}

/** MLflow's remark for integer columns, in fewer words. */
const INTEGER_HINT = 'cannot hold missing values later: if some may be missing, pass the column as doubles';

/**
 * One column spec a column; `required` if nothing is missing. Throws SIGNATURE_INVALID if a column has no type.
 *
 * @example
 * const { schema, warnings } = inferSchema({
 *   rows: 2,
 *   columns: [{ name: 'x', type: 'double', values: Float64Array.of(1.5, 2) }],
 * });
 */
export function inferSchema(table: Table): InferredSchema {
  if (table.columns.length === 0) throw refuse('the table has no columns');
  const seen = new Set<string>();
  const integers: string[] = [];
  const columns = table.columns.map((column): ColumnSpec => {
    const { name } = column;
    if (name === '') throw refuse('a column has an empty name, which MLflow cannot address');
    if (seen.has(name)) throw refuse(`column ${showName(name)} occurs twice`);
    seen.add(name);
    const { type, missing } = columnType(column, table.rows);
    if (type.kind === 'scalar' && (type.scalar === 'integer' || type.scalar === 'long')) integers.push(name);
    return { name, type, required: !missing };
  });
  const warnings =
    integers.length === 0
      ? []
      : [
          `integer ${integers.length === 1 ? 'column' : 'columns'} ${integers.slice(0, 20).map(showName).join(', ')} ${INTEGER_HINT}`,
        ];
  return { schema: { kind: 'columns', columns }, warnings };
}

/**
 * From sample rows (plain values: number, bigint, boolean, string, Uint8Array, Date, arrays, objects, null); keys missing or null in some rows are optional.
 *
 * @example
 * const { schema } = inferSchemaOfRows([{ x: 1.5, town: 'Ulm' }, { x: 2, town: null }]);
 */
export function inferSchemaOfRows(rows: readonly Readonly<Record<string, unknown>>[]): InferredSchema {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = [...names].map(
    (name): Column => ({
      name,
      type: 'object',
      values: rows.map((row) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null)),
    }),
  );
  return inferSchema({ rows: rows.length, columns });
}

function columnType(column: Column, rows: number): { type: ColumnType; missing: boolean } {
  if (column.type !== 'object') {
    const floats = column.type === 'double' || column.type === 'float';
    const missing = (column.nulls?.includes(1) ?? false) || (floats && column.values.some(Number.isNaN));
    return { type: { kind: 'scalar', scalar: column.type }, missing };
  }
  let type: ColumnType | null = null;
  let missing = false;
  for (let row = 0; row < rows; row++) {
    const value = column.values[row];
    if (isMissing(value) || column.nulls?.[row] === 1) {
      missing = true;
      continue;
    }
    const place = `column ${showName(column.name)} ${rowName(row)}`;
    const found = valueType(value, place);
    type = type === null ? found : merged(type, found, place);
  }
  // Nothing but missing values: MLflow's `any`, which checks nothing, as in pandas.
  return { type: type ?? { kind: 'any' }, missing };
}

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));

function valueType(value: unknown, place: string): ColumnType {
  switch (typeof value) {
    case 'string':
      return { kind: 'scalar', scalar: 'string' };
    case 'boolean':
      return { kind: 'scalar', scalar: 'boolean' };
    case 'bigint':
      if (BigInt.asIntN(64, value) !== value)
        throw refuse(`${place}: ${value} does not fit into a long (int64), and MLflow has no wider type`);
      return { kind: 'scalar', scalar: 'long' };
    case 'number':
      return { kind: 'scalar', scalar: 'double' };
    default:
      break;
  }
  if (value instanceof Uint8Array) return { kind: 'scalar', scalar: 'binary' };
  if (value instanceof Date) return { kind: 'scalar', scalar: 'datetime' };
  if (Array.isArray(value)) return arrayType(value, place);
  if (typeof value === 'object' && value !== null) return objectType(value, place);
  throw refuse(`${place}: MLflow has no type for ${typeof value}`);
}

function arrayType(value: readonly unknown[], place: string): ColumnType {
  let items: ColumnType | null = null;
  for (const [i, item] of value.entries()) {
    if (isMissing(item)) continue;
    const found = valueType(item, `${place}[${i}]`);
    items = items === null ? found : merged(items, found, `${place}[${i}]`);
  }
  return { kind: 'array', items: items ?? { kind: 'any' } };
}

function objectType(value: object, place: string): ColumnType {
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  if (entries.length === 0) throw refuse(`${place}: an empty object has no properties to infer from`);
  const properties = entries.map(([name, item]): Property => {
    const missing = isMissing(item);
    return {
      name: String(name),
      type: missing ? { kind: 'any' } : valueType(item, `${place}.${name}`),
      required: !missing,
    };
  });
  return { kind: 'object', properties: sorted(properties) };
}

const sorted = (properties: Property[]): Property[] =>
  properties.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** One type for both, or an error: MLflow would turn the whole schema into one unnamed `any` that checks nothing. */
function merged(a: ColumnType, b: ColumnType, place: string): ColumnType {
  if (a.kind === 'any') return b;
  if (b.kind === 'any') return a;
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', items: merged(a.items, b.items, place) };
  if (a.kind === 'object' && b.kind === 'object')
    return { kind: 'object', properties: mergedProperties(a.properties, b.properties, place) };
  if (a.kind === 'scalar' && b.kind === 'scalar' && a.scalar === b.scalar) return a;
  const shown = (type: ColumnType): string => (type.kind === 'scalar' ? type.scalar : type.kind);
  throw refuse(`${place}: ${shown(b)} after ${shown(a)}: a column of mixed types has no type`);
}

function mergedProperties(a: readonly Property[], b: readonly Property[], place: string): Property[] {
  const byName = new Map(a.map((property) => [property.name, property]));
  const names = new Set(b.map(({ name }) => name));
  for (const property of b) {
    const other = byName.get(property.name);
    byName.set(
      property.name,
      other === undefined
        ? { ...property, required: false }
        : {
            name: property.name,
            type: merged(other.type, property.type, `${place}.${property.name}`),
            required: other.required && property.required,
          },
    );
  }
  for (const property of a) if (!names.has(property.name)) byName.set(property.name, { ...property, required: false });
  return sorted([...byName.values()]);
}

function refuse(why: string): MlctlError {
  return new MlctlError('SIGNATURE_INVALID', `cannot infer a signature: ${why}`, {
    hint: 'write the signature by hand, or make the column uniform',
  });
}
