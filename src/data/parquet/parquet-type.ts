// What a column of a Parquet file is to its readers: its name, the dtype that pandas would give it, and its values.

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
