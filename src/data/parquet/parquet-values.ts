// The values of one column of a row group, as they come from the file.

/** null and undefined are missing; datetimes are bigint nanoseconds, text is string, binary Uint8Array, 64-bit integers bigint. */
export type ParquetValues = ArrayLike<unknown>;
