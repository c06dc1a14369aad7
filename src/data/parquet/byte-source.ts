// The bytes of a Parquet file, read in pieces.

/** The smallest thing a Parquet file can be read from. */
export interface ByteSource {
  readonly byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

export const sourceOfBytes = (bytes: Uint8Array): ByteSource => ({
  byteLength: bytes.byteLength,
  slice: async (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
});
