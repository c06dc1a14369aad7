// Turns a Parquet column into its Arrow type, as Arrow's reader (which pandas uses) chooses it.
import type { SchemaElement, SchemaTree } from 'hyparquet';
import type { ArrowType } from './arrow-type.js';
import type { ArrowHint } from './read-arrow-schema.js';

/** The type of a column of the file; the hint is the writer's. */
export function arrowTypeOf(tree: SchemaTree, hint?: ArrowHint): ArrowType {
  const type = typeOf(tree);
  if (hint === undefined || hint.name !== tree.element.name) return type;
  if (type.kind === 'timestamp' && type.zone !== undefined && hint.zone !== undefined)
    return { ...type, zone: hint.zone };
  if (type.kind === 'int' && type.bits === 64 && hint.duration !== undefined)
    return { kind: 'duration', unit: hint.duration };
  // Arrow keeps dictionaries of BYTE_ARRAY columns only.
  if (hint.dictionary && (type.kind === 'string' || type.kind === 'binary'))
    return { kind: 'dictionary', values: type };
  return type;
}

function typeOf(tree: SchemaTree): ArrowType {
  const { element, children } = tree;
  if (element.repetition_type === 'REPEATED')
    return { kind: 'list', items: children.length > 0 ? structOf(tree) : leafOf(element) };
  return children.length > 0 ? groupOf(tree) : leafOf(element);
}

function groupOf(tree: SchemaTree): ArrowType {
  const { element, children } = tree;
  const [child] = children;
  if (element.converted_type === 'LIST' && child !== undefined) {
    // Three levels, or the older two: the repeated group is the element itself.
    const [item] = child.children;
    return { kind: 'list', items: item === undefined ? leafOf(child.element) : typeOf(item) };
  }
  if (element.converted_type === 'MAP' && child?.children.length === 2)
    return { kind: 'map', values: typeOf(child.children[1]!) };
  return structOf(tree);
}

function structOf({ children }: SchemaTree): ArrowType {
  const fields = children.map((child) => ({
    name: child.element.name,
    type: typeOf(child),
    nullable: child.element.repetition_type !== 'REQUIRED',
  }));
  return { kind: 'struct', fields };
}

const INTEGER = /^(?<sign>U?)INT_(?<bits>8|16|32|64)$/;
const LOGICAL_UNITS = { MILLIS: 'ms', MICROS: 'us', NANOS: 'ns' } as const;

function leafOf(element: SchemaElement): ArrowType {
  const { type, converted_type: converted, logical_type: logical } = element;
  switch (logical?.type) {
    case 'NULL':
      return { kind: 'null' };
    case 'TIMESTAMP': {
      const unit = LOGICAL_UNITS[logical.unit];
      return { kind: 'timestamp', unit, ...(logical.isAdjustedToUTC ? { zone: 'UTC' } : {}) };
    }
    case 'TIME':
      return { kind: 'time', unit: LOGICAL_UNITS[logical.unit] };
    case 'INTEGER':
      return { kind: 'int', bits: logical.bitWidth, signed: logical.isSigned };
    case 'DECIMAL':
      return { kind: 'decimal', scale: logical.scale };
    case 'FLOAT16':
      return { kind: 'float', bits: 16 };
    case 'UUID':
      return { kind: 'uuid' };
    default:
      break;
  }
  if (logical?.type === 'JSON' || converted === 'JSON') return { kind: 'json' };
  if (logical?.type === 'ENUM' || converted === 'ENUM') return { kind: 'enum' };
  if (isText(element)) return { kind: 'string' };
  if (logical?.type === 'DATE' || converted === 'DATE') return { kind: 'date' };
  const integer = INTEGER.exec(converted ?? '')?.groups;
  if (integer) return { kind: 'int', bits: Number(integer.bits), signed: integer.sign !== 'U' };
  switch (converted) {
    // The older annotations count from 1970 in UTC.
    case 'TIMESTAMP_MILLIS':
      return { kind: 'timestamp', unit: 'ms', zone: 'UTC' };
    case 'TIMESTAMP_MICROS':
      return { kind: 'timestamp', unit: 'us', zone: 'UTC' };
    case 'TIME_MILLIS':
      return { kind: 'time', unit: 'ms' };
    case 'TIME_MICROS':
      return { kind: 'time', unit: 'us' };
    case 'DECIMAL':
      return { kind: 'decimal', scale: element.scale ?? 0 };
    case 'INTERVAL':
      return { kind: 'other', name: 'interval' };
    default:
      return physicalOf(type);
  }
}

/** Columns whose bytes are UTF-8. */
export function isText({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return logical?.type === 'STRING' || logical?.type === 'JSON' || converted === 'UTF8' || converted === 'JSON';
}

function physicalOf(type: SchemaElement['type']): ArrowType {
  switch (type) {
    case 'BOOLEAN':
      return { kind: 'bool' };
    case 'INT32':
      return { kind: 'int', bits: 32, signed: true };
    case 'INT64':
      return { kind: 'int', bits: 64, signed: true };
    case 'INT96':
      return { kind: 'timestamp', unit: 'ns' };
    case 'FLOAT':
      return { kind: 'float', bits: 32 };
    case 'DOUBLE':
      return { kind: 'float', bits: 64 };
    default:
      return { kind: 'binary' };
  }
}
