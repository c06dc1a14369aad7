// What an opened Parquet file is to its readers: columns, and stored values by row group.
import type { ArrowType } from './arrow-type.js';
import type { PandasMetadata } from './read-pandas-metadata.js';

/**
 * Stored values: booleans, numbers (bigint of 64 bits; unsigned ones as if signed), bytes; text is string, the times of INT96 bigint
 * nanoseconds; lists are arrays, structs and maps objects; null and undefined are missing.
 */
export type ParquetValues = ArrayLike<unknown>;

export interface ParquetColumn {
  readonly name: string;
  readonly type: ArrowType;
  /** pandas saved the labels of its rows in this column. */
  readonly isIndex: boolean;
}

export interface ParquetGroup {
  readonly rows: number;
  /** `bytes` when unpacked, as the file says. */
  readonly bytes: number;
  read(names: readonly string[]): Promise<ReadonlyMap<string, ParquetValues>>;
}

export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  readonly groups: readonly ParquetGroup[];
  /** What pandas wrote about the frame. */
  readonly pandas: PandasMetadata | null;
}
