// The error that missing values reached a step that does not take them; it knows all such columns, so that whoever has the data can
// say more of them.
import { RowError } from '../errors/row-error.js';

export class MissingValuesError extends RowError {
  readonly step: string;
  readonly columns: readonly string[];
  readonly #first: string;

  /** `first` is the column whose `row` is named. */
  constructor(step: string, columns: readonly string[], first: string, row: number, line?: number | null) {
    super(
      'DATA_INVALID',
      (where) => `${step}: column "${first}" has a missing value in ${where}`,
      row,
      { hint: `put simple_imputer over "${first}" in front of ${step}`, details: { column: first, columns } },
      line,
    );
    this.step = step;
    this.columns = columns;
    this.#first = first;
  }

  override at(row: number, line?: number | null): MissingValuesError {
    return new MissingValuesError(this.step, this.columns, this.#first, row, line);
  }
}
