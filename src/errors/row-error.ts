// An error about one row of a table. Whoever made the table from other rows says where the row came from.
import type { ErrorCode } from './codes.js';
import { type ErrorFacts, MlctlError } from './error.js';
import { rowName } from './row-name.js';

export class RowError extends MlctlError {
  readonly row: number;
  readonly #say: (row: string) => string;
  readonly #facts: ErrorFacts;

  /** `say` makes the message from the name of the row. */
  constructor(
    code: ErrorCode,
    say: (row: string) => string,
    row: number,
    facts: ErrorFacts = {},
    line?: number | null,
  ) {
    super(code, say(rowName(row, line)), {
      ...facts,
      details: { ...facts.details, row, ...(line === undefined || line === null ? {} : { line }) },
    });
    this.row = row;
    this.#say = say;
    this.#facts = facts;
  }

  /** The same error about the row that this one was before. */
  at(row: number, line?: number | null): RowError {
    return new RowError(this.code, this.#say, row, this.#facts, line);
  }
}
