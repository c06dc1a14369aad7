// Turns JSON objects, one a row, into tensors batch by batch: each is judged as a `dataframe_records` of one row.
import { concatTables } from '../../../data/concat-tables.js';
import { isJsonObject } from '../../../data/json.js';
import type { JsonValue } from '../../../data/json-types.js';
import type { Table } from '../../../data/table.js';
import { MlctlError } from '../../../errors/error.js';
import type { CastBatch, RejectedRow } from '../../cast-types.js';
import type { TensorSpec } from '../../types.js';
import { FindingList } from '../finding-list.js';
import { showJson } from '../show.js';
import { castTensors } from './cast-tensors.js';

/** Reasons kept for one refused row. */
const MOST_REASONS = 5;

export class TensorRecordCaster {
  readonly #tensors: readonly TensorSpec[];
  readonly #findings: FindingList;
  readonly #warnings = new Set<string>();

  constructor(tensors: readonly TensorSpec[], findings: FindingList) {
    this.#tensors = tensors;
    this.#findings = findings;
  }

  get warnings(): string[] {
    return [...this.#warnings];
  }

  /** As `RecordCaster.cast`. */
  cast(
    records: readonly (JsonValue | MlctlError)[],
    firstRow: number,
    original: (i: number) => string = () => '',
  ): CastBatch {
    const tables: Table[] = [];
    const rejected: RejectedRow[] = [];
    for (const [i, record] of records.entries()) {
      const row = firstRow + i;
      const own = new FindingList();
      const table = this.#row(record, row, own);
      if (table !== null) tables.push(table);
      if (own.total === 0) continue;
      for (const finding of own.kept) this.#findings.add({ ...finding, row });
      this.#findings.total += own.total - own.kept.length;
      const reasons = own.kept.slice(0, MOST_REASONS).map(({ message }) => message);
      rejected.push({ row, reasons, original: original(i) });
    }
    return { firstRow, rowsRead: records.length, table: concatTables(tables), kept: [], rejected };
  }

  #row(record: JsonValue | MlctlError, row: number, findings: FindingList): Table | null {
    if (record instanceof MlctlError) findings.say('SCHEMA_MALFORMED', `row ${row}: ${record.message}`);
    else if (!isJsonObject(record))
      findings.say('SCHEMA_WRONG_TYPE', `row ${row}: the row is ${showJson(record)}, not an object`);
    else return castTensors([record], 'dataframe_records', this.#tensors, findings, this.#warnings, row);
    return null;
  }
}
