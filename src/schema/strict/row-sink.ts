// Turns cells into the rows of a batch; a refused row leaves findings and no row.
import type { JsonValue } from '../../data/json-types.js';
import type { Column } from '../../data/table.js';
import type { CastBatch, RejectedRow } from '../cast-types.js';
import type { FindingCode } from '../finding-codes.js';
import { KeptColumns } from '../kept-columns.js';
import type { ColumnBuilder } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { Problem } from './problem.js';

/** Reasons kept for one refused row. */
const MOST_REASONS = 5;

export class RowSink {
  readonly findings: FindingList;
  readonly kept: KeptColumns;
  builders: readonly ColumnBuilder[] = [];
  /** Where the next cell is stored: the number of good rows so far. */
  slot = 0;
  /** The line of the row being filled, if the input has lines. */
  line: number | undefined;
  #firstRow = 0;
  #row = 0;
  #reasons: string[] = [];
  #bad = false;
  #rejected: RejectedRow[] = [];
  #keepsRejected = true;

  constructor(findings: FindingList, keep: readonly string[] = []) {
    this.findings = findings;
    this.kept = new KeptColumns(keep);
  }

  /** 0-based number of the row being filled, in the whole input. */
  get row(): number {
    return this.#row;
  }

  /** Without `keepsRejected` a refused row is only counted, because its text is not needed. */
  start(builders: readonly ColumnBuilder[], firstRow: number, capacity: number, keepsRejected = true): void {
    this.#keepsRejected = keepsRejected;
    this.builders = builders;
    for (const builder of builders) builder.start(capacity);
    this.kept.start();
    this.slot = 0;
    this.#firstRow = firstRow;
    this.#row = firstRow;
    this.#rejected = [];
    this.#bad = false;
    this.#reasons = [];
  }

  json(builder: ColumnBuilder, value: JsonValue | undefined): void {
    const problem = builder.setJson(this.slot, value);
    if (problem !== null) this.refuse(builder.name, problem);
  }

  text(builder: ColumnBuilder, text: string, quoted: boolean): void {
    const problem = builder.setText(this.slot, text, quoted);
    if (problem !== null) this.refuse(builder.name, problem);
  }

  missing(builder: ColumnBuilder): void {
    const problem = builder.setNull(this.slot, false);
    if (problem !== null) this.refuse(builder.name, problem);
  }

  refuse(column: string | undefined, problem: Problem): void {
    if (!this.#keepsRejected && this.findings.count(problem, column)) {
      this.#bad = true;
      return;
    }
    const finding = problem.finding(column, this.#row, this.line);
    this.findings.add(finding, problem.kind);
    this.mark(finding.message);
  }

  refuseRow(code: FindingCode, say: string, found: string, expected: string): void {
    this.refuse(undefined, new Problem(code, say, found, expected));
  }

  /** The row is bad for a reason that is already a finding. */
  mark(reason: string): void {
    this.#bad = true;
    if (this.#reasons.length < MOST_REASONS) this.#reasons.push(reason);
  }

  /** `original` is called only for a refused row. */
  endRow(original?: () => string): void {
    if (this.#bad) {
      for (const builder of this.builders) builder.unmark(this.slot);
      if (this.#keepsRejected)
        this.#rejected.push({
          row: this.#row,
          ...(this.line === undefined ? {} : { line: this.line }),
          reasons: this.#reasons,
          original: original?.() ?? '',
        });
      this.#reasons = [];
      this.#bad = false;
    } else this.slot++;
    this.#row++;
  }

  /** Rows that a fast reader has stored itself. */
  skipGood(rows: number): void {
    this.slot += rows;
    this.#row += rows;
  }

  finish(): CastBatch {
    const columns: Column[] = [];
    for (const builder of this.builders) if (builder.state.present !== false) columns.push(builder.finish(this.slot));
    return {
      firstRow: this.#firstRow,
      rowsRead: this.#row - this.#firstRow,
      table: { rows: this.slot, columns },
      kept: this.kept.finish(this.slot),
      rejected: this.#rejected,
    };
  }
}
