// Turns the place of a row into the words that all messages use for it.

/** `row`: from 0, among the rows of the file. `line`: from 1, where the row begins in the file, if the file has lines. */
export function rowName(row: number, line?: number | null): string {
  return line === undefined || line === null ? `row ${row}` : `row ${row} (line ${line})`;
}
