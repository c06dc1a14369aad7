// The datatypes of the Open Inference Protocol: what JSON of each is accepted, which columns hold it, and what our types are called.
import { halfBits, halfValue } from '../../data/half-float.js';
import { isJsonNumber } from '../../data/json.js';
import type { JsonValue } from '../../data/json-types.js';
import type { ColumnType } from '../../schema/types.js';

interface Datatype {
  /** The value, or undefined if the JSON is not of this datatype. */
  readonly read: (value: JsonValue) => unknown;
  /** For messages. */
  readonly expected: string;
}

function integer(least: bigint, most: bigint): Datatype {
  return {
    expected: `whole numbers from ${least} to ${most}`,
    read: (value) => {
      if (!isJsonNumber(value) || !/^-?\d{1,20}(?:\.0+)?$/.test(value.text)) return undefined;
      const whole = BigInt(value.text.replace(/\..*$/, ''));
      if (whole < least || whole > most) return undefined;
      return most < 2n ** 53n ? Number(whole) : whole;
    },
  };
}

/** `fits`: whether a finite number stays finite in this precision. */
function float(expected: string, narrow: (value: number) => number): Datatype {
  return {
    expected,
    read: (value) => {
      if (value === null) return Number.NaN;
      if (!isJsonNumber(value)) return undefined;
      const wide = Number(value.text);
      const narrowed = narrow(wide);
      return Number.isFinite(wide) && !Number.isFinite(narrowed) ? undefined : narrowed;
    },
  };
}

const signed = (bits: bigint): Datatype => integer(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
const unsigned = (bits: bigint): Datatype => integer(0n, 2n ** bits - 1n);

export const DATATYPES: ReadonlyMap<string, Datatype> = new Map([
  ['BOOL', { expected: 'true or false', read: (value) => (typeof value === 'boolean' ? value : undefined) }],
  ['UINT8', unsigned(8n)],
  ['UINT16', unsigned(16n)],
  ['UINT32', unsigned(32n)],
  ['UINT64', unsigned(64n)],
  ['INT8', signed(8n)],
  ['INT16', signed(16n)],
  ['INT32', signed(32n)],
  ['INT64', signed(64n)],
  ['FP16', float('numbers that fit into 16 bits', (value) => halfValue(halfBits(value)))],
  ['FP32', float('numbers that fit into 32 bits', Math.fround)],
  ['FP64', float('numbers', (value) => value)],
  ['BYTES', { expected: 'texts', read: (value) => (typeof value === 'string' ? value : undefined) }],
]);

const OF_SCALAR = {
  boolean: 'BOOL',
  integer: 'INT32',
  long: 'INT64',
  float: 'FP32',
  double: 'FP64',
  string: 'BYTES',
  binary: 'BYTES',
  datetime: 'BYTES',
} as const;

/** What a column of a signature is called. A list is called as its items; what has no form of its own is JSON as a text. */
export function datatypeOfColumn(type: ColumnType): string {
  if (type.kind === 'scalar') return OF_SCALAR[type.scalar];
  if (type.kind === 'array') return datatypeOfColumn(type.items);
  return type.kind === 'sparkml_vector' ? 'FP64' : 'BYTES';
}

/** What numpy's type is called. */
export function datatypeOfDtype(dtype: string): string {
  const [, kind, bits] = /^(bool|u?int|float)(\d*)$/.exec(dtype) ?? [];
  if (kind === 'bool') return 'BOOL';
  if (kind === 'float') return `FP${bits}`;
  return kind === undefined ? 'BYTES' : `${kind.toUpperCase()}${bits}`;
}
