// The bytes of a Parquet file, asked for in pieces.

/** The smallest thing a Parquet file can be read from. */
export interface ByteSource {
  readonly byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}
