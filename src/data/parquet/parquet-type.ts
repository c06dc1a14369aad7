// Turns a column of a Parquet file's schema into the dtype that pandas would give it.
import type { SchemaTree } from 'hyparquet';

/** `datetime64` has no zone, `datetime64 UTC` has one; `other` is what no signature type can hold (decimals, times, intervals). */
export type ParquetType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'str'
  | 'bytes'
  | 'date'
  | 'datetime64'
  | 'datetime64 UTC'
  | 'nested'
  | 'other'; // prettier-ignore

export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
}

/** null and undefined are missing; datetimes are bigint nanoseconds, text is string, binary Uint8Array, 64-bit integers bigint. */
export type ParquetValues = ArrayLike<unknown>;

export function parquetType({ element, children }: SchemaTree): ParquetType {
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
