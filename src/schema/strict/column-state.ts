// What a column remembers from row to row: Python decides some questions for a column as a whole.

export class ColumnState {
  /** How the first datetime was written. */
  datetimeShape: string | undefined;
  /** CSV: whether booleans are words or digits; Python reads either, but not both in one column. */
  booleanSpelling: 'words' | 'digits' | undefined;
  /** A `2.0` among integers makes Python read the whole column as doubles … */
  fractionSpelling = false;
  /** … which then loses integers beyond 2^53. */
  beyondDouble = false;
  /** Optional columns whose type has no missing value must be in every row or in none. */
  present: boolean | undefined;
  readonly warnings = new Set<string>();
}
