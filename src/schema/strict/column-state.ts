// What a column remembers from row to row: Python decides some questions for a column as a whole.

const NONE: ReadonlySet<string> = new Set();

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
  /** Made when there is one: most columns have none, and a wide row has many columns. */
  #warnings: Set<string> | undefined;

  get warnings(): ReadonlySet<string> {
    return this.#warnings ?? NONE;
  }

  warn(text: string): void {
    this.#warnings ??= new Set();
    this.#warnings.add(text);
  }
}
