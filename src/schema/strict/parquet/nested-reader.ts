// Turns nested values of a Parquet column into plain ones by an Array, Object, Map or AnyType; what cannot fit is found by the
// types, before a value is read.
import type { ArrowType } from '../../../data/parquet/arrow-type.js';
import { dtypeName } from '../../../data/parquet/dtype-name.js';
import type { ColumnType } from '../../types.js';
import { nestedValue } from '../nested-value.js';
import { Problem } from '../problem.js';
import { showName } from '../show.js';
import { textOf } from '../text-of.js';
import { jsonOfParquet, ownOf } from './parquet-json.js';
import { parquetReader } from './parquet-reader.js';

/** A missing value is read by whoever knows whether it may be missing. */
type NestedReader = (value: unknown) => unknown | Problem;

/** How values of the column are read, or why none can. */
export function nestedReader(type: ArrowType, want: ColumnType): NestedReader | Problem {
  if (want.kind === 'any') return (value) => nestedValue(jsonOfParquet(value, type), want);
  if (type.kind === 'dictionary') return nestedReader(type.values, want);
  if (type.kind === 'null') return () => null;
  switch (want.kind) {
    case 'scalar': {
      const read = parquetReader(type, want.scalar);
      return read ?? unfit(type, want.scalar);
    }
    case 'array':
      return type.kind === 'list' ? listReader(type.items, want.items) : unfit(type, 'array');
    case 'sparkml_vector':
      return type.kind === 'list'
        ? listReader(type.items, { kind: 'scalar', scalar: 'double' })
        : unfit(type, 'sparkml_vector');
    case 'map':
      return type.kind === 'map' ? mapReader(type.values, want.values) : unfit(type, 'map');
    case 'object':
      return type.kind === 'struct' ? structReader(type, want) : unfit(type, 'object');
  }
}

function unfit(type: ArrowType, want: string): Problem {
  const found = dtypeName(type);
  return new Problem('SCHEMA_WRONG_TYPE', `${found} in the file, but ${want} in the signature`, found, want);
}

const isMissing = (value: unknown): boolean => value === null || value === undefined;

/** A value that must be there. */
function present(read: NestedReader, value: unknown, place: string, kind: string): unknown | Problem {
  const plain = isMissing(value) ? null : read(value);
  return plain === null ? new Problem('SCHEMA_NULL', `null in ${place}`, 'null', kind) : plain;
}

const kindName = (type: ColumnType): string => (type.kind === 'scalar' ? type.scalar : type.kind);

function listReader(items: ArrowType, want: ColumnType): NestedReader | Problem {
  const read = nestedReader(items, want);
  if (read instanceof Problem) return read.inside('[]');
  const kind = kindName(want);
  return (value) => {
    const out: unknown[] = [];
    for (const [i, item] of Array.from(value as ArrayLike<unknown>).entries()) {
      const plain = want.kind === 'any' ? read(item) : present(read, item, `an array of ${kind}s`, kind);
      if (plain instanceof Problem) return plain.inside(`[${i}]`);
      out.push(plain);
    }
    return out;
  };
}

function mapReader(values: ArrowType, want: ColumnType): NestedReader | Problem {
  const read = nestedReader(values, want);
  if (read instanceof Problem) return read.inside('[]');
  return (value) => {
    const out: Record<string, unknown> = Object.create(null);
    for (const [key, item] of Object.entries(value as object)) {
      const fault = textOf(key);
      if (fault instanceof Problem) return fault.inside(' key');
      const plain =
        want.kind === 'any' ? read(item) : present(read, item, `a map of ${kindName(want)}s`, kindName(want));
      if (plain instanceof Problem) return plain.inside(`[${showName(key)}]`);
      out[key] = plain;
    }
    return out;
  };
}

function structReader(
  type: ArrowType & { kind: 'struct' },
  { properties }: ColumnType & { kind: 'object' },
): NestedReader | Problem {
  const fields = new Map(type.fields.map((field) => [field.name, field.type]));
  const readers: { name: string; read: NestedReader; required: boolean; kind: string }[] = [];
  for (const { name, type: want, required } of properties) {
    const found = fields.get(name);
    fields.delete(name);
    if (found === undefined && !required) continue;
    if (found === undefined)
      return new Problem('SCHEMA_MISSING_COLUMN', `the required property ${showName(name)} is missing`, 'absent', name);
    const read = nestedReader(found, want);
    if (read instanceof Problem) return read.inside(step(name));
    readers.push({ name, read, required, kind: kindName(want) });
  }
  const [extra] = fields.keys();
  if (extra !== undefined)
    return new Problem(
      'SCHEMA_UNKNOWN_COLUMN',
      'the property is not in the signature',
      showName(extra),
      properties.map(({ name }) => name).join(', '),
    ).inside(step(extra));
  return (value) => {
    const out: Record<string, unknown> = Object.create(null);
    for (const { name, read, required, kind } of readers) {
      const item = ownOf(value, name);
      const plain = required ? present(read, item, `a nested ${kind}`, kind) : isMissing(item) ? null : read(item);
      if (plain instanceof Problem) return plain.inside(step(name));
      out[name] = plain;
    }
    return out;
  };
}

const step = (name: string): string => `.${showName(name).slice(1, -1)}`;
