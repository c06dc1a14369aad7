// Turns a row group into the values of a few of its columns at a time; after each piece others get a turn.
import type { ParquetGroup, ParquetValues } from './parquet-file.js';

/** Values that are read in some ten milliseconds: one column of a large group, all columns of a small one. */
const PIECE = 1_000_000;

/** A request to stop is heard between two pieces: whoever has the signal looks at it there. */
export async function* readInPieces(
  group: ParquetGroup,
  names: readonly string[],
): AsyncGenerator<ReadonlyMap<string, ParquetValues>> {
  const most = Math.max(1, Math.floor(PIECE / Math.max(1, group.rows)));
  for (let at = 0; at < names.length; at += most) {
    yield await group.read(names.slice(at, at + most));
    await new Promise(setImmediate);
  }
}
