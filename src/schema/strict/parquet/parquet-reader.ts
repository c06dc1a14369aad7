// Turns a stored value of a Parquet column into a scalar type: MLflow only casts typed data upwards, and strict loses nothing.
// Whole numbers of any width fit where each of them fits, as in CSV and JSON.
import type { ArrowType } from '../../../data/parquet/arrow-type.js';
import { decimalText, halfOf, integerOf, uuidText } from '../../../data/parquet/stored-value.js';
import type { ScalarName } from '../../types.js';
import { doubleOf, floatOf, INT32, INT64, type IntegerRange } from '../numbers.js';
import { Problem } from '../problem.js';
import type { ScalarValue } from '../scalar-rules.js';
import { showText } from '../show.js';
import { textOf } from '../text-of.js';

/** null: a missing value (NaN is one, as in pandas). */
type ParquetReader = (value: unknown) => ScalarValue | Problem | null;

const NS_PER = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n } as const;
const DAY_NS = 86_400n * NS_PER.s;
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How values of the column are read; null if its type does not fit. */
export function parquetReader(type: ArrowType, scalar: ScalarName): ParquetReader | null {
  switch (type.kind) {
    case 'null':
      return () => null;
    case 'dictionary':
      return parquetReader(type.values, scalar);
    case 'bool':
      return scalar === 'boolean' ? (value) => Boolean(value) : null;
    case 'string':
    case 'json':
      return scalar === 'string' ? (value) => textOf(value as string) : null;
    case 'enum':
      return scalar === 'string' ? (value) => enumText(value as Uint8Array) : null;
    case 'uuid':
      if (scalar === 'string') return (value) => uuidText(value as Uint8Array);
      return scalar === 'binary' ? (value) => value as Uint8Array : null;
    case 'binary':
      return scalar === 'binary' ? (value) => value as Uint8Array : null;
    case 'int':
      return integerReader(type, scalar);
    case 'float':
      return floatReader(type.bits, scalar);
    case 'decimal':
      return scalar === 'double' ? (value) => doubleOf(decimalText(value, type.scale)) : null;
    case 'date':
      return scalar === 'datetime' ? (value) => datetimeOf(BigInt(value as number) * DAY_NS) : null;
    case 'timestamp':
      if (scalar !== 'datetime' || type.zone !== undefined) return null;
      return (value) => datetimeOf(BigInt(value as bigint) * NS_PER[type.unit]);
    default:
      return null;
  }
}

function integerReader(type: ArrowType & { kind: 'int' }, scalar: ScalarName): ParquetReader | null {
  const whole = (value: unknown): bigint => integerOf(value, type);
  switch (scalar) {
    case 'double':
      return type.bits < 64 ? (value) => Number(whole(value)) : (value) => doubleOf(String(whole(value)));
    case 'float':
      return (value) => floatOf(String(whole(value)));
    case 'integer':
      return (value) => {
        const fits = inRange(whole(value), INT32);
        return fits instanceof Problem ? fits : Number(fits);
      };
    case 'long':
      return (value) => inRange(whole(value), INT64);
    default:
      return null;
  }
}

function floatReader(bits: 16 | 32 | 64, scalar: ScalarName): ParquetReader | null {
  if (scalar !== 'double' && (scalar !== 'float' || bits === 64)) return null;
  return (value) => {
    const number = bits === 16 ? halfOf(value as Uint8Array) : Number(value);
    if (number - number === 0) return number;
    if (Number.isNaN(number)) return null;
    return new Problem('SCHEMA_NOT_A_NUMBER', `${number} is not a finite number`, String(number), scalar);
  };
}

function inRange(value: bigint, { name, low, high }: IntegerRange): bigint | Problem {
  if (value >= low && value <= high) return value;
  return new Problem('SCHEMA_LOSSY_CAST', `${value} is out of range for ${name}`, String(value), name);
}

function datetimeOf(nanoseconds: bigint): bigint | Problem {
  if (BigInt.asIntN(64, nanoseconds) === nanoseconds && nanoseconds !== -(2n ** 63n)) return nanoseconds;
  return new Problem(
    'SCHEMA_BAD_DATETIME',
    `${showText(String(nanoseconds))} ns is outside 1677-09-21..2262-04-11`,
    String(nanoseconds),
    'datetime',
  );
}

function enumText(bytes: Uint8Array): string | Problem {
  try {
    return textOf(text.decode(bytes));
  } catch {
    return new Problem('SCHEMA_MALFORMED', 'not UTF-8', 'other bytes', 'UTF-8');
  }
}
