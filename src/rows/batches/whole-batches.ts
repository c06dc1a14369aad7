// What every command reads rows from: batches of cast rows, and what is wrong with the input as a whole.
import type { Dialect } from '../../data/csv/dialect.js';
import type { Beside } from '../../schema/beside.js';
import type { CastBatch, CastResult } from '../../schema/cast-types.js';
import { type FindingGroup, singleGroups } from '../../schema/finding-group.js';
import type { SchemaFinding } from '../../schema/types.js';
import type { InputStream } from '../streams.js';

/** Where rows are read from. */
export interface RowSource {
  /** An absolute path, or `-` for `stdin`. */
  readonly path: string;
  readonly stdin: InputStream;
  /** Ends waiting for the writer of a pipe. */
  readonly signal: AbortSignal;
  /** Of CSV. */
  readonly dialect: Dialect;
  /** What the data may have besides the columns of the signature. */
  readonly beside: Beside;
  /** Told how much of the input was read, where its size is known. */
  readonly onShare?: (share: number) => void;
}

export interface RowBatches {
  readonly batches: AsyncIterable<CastBatch>;
  /** Everything found so far: at most 20 kept, `total` counts all. */
  readonly findings: {
    readonly kept: readonly SchemaFinding[];
    /** Counted by kind and column. */
    readonly groups: readonly FindingGroup[];
    readonly total: number;
  };
  /** A fault that skipping rows cannot avoid: the header, the form, a file cut short. */
  fatal(): boolean;
  /** No more rows will come, so that all findings are counted. */
  atEnd(): boolean;
  warnings(): readonly string[];
  /** What the input looks like, and the flags that would read it; null if it looks as it should. Asked for after a finding. */
  advice(): string | null;
  /** Worth a word after all is well. */
  notes?(): readonly string[];
  /** How much of the input was read so far (0 to 1), where its size is known. */
  share?(): number | undefined;
  /** Params inside the input (JSON documents only). */
  params(): ReadonlyMap<string, unknown> | null;
}

/** An input that is cast as a whole: one batch, or only findings. */
export function wholeBatches(cast: () => Promise<CastResult>, advice: () => string | null): RowBatches {
  let result: CastResult | undefined;
  const findings = {
    get kept(): readonly SchemaFinding[] {
      return result?.ok === false ? result.findings : [];
    },
    get groups(): readonly FindingGroup[] {
      return result?.ok === false ? (result.groups ?? singleGroups(result.findings)) : [];
    },
    get total(): number {
      return result?.ok === false ? result.total : 0;
    },
  };
  return {
    batches: read(),
    findings,
    fatal: () => findings.total > 0,
    atEnd: () => true,
    advice,
    warnings: () => (result?.ok === true ? result.warnings : []),
    params: () => (result?.ok === true ? result.params : null),
  };

  async function* read(): AsyncGenerator<CastBatch> {
    result = await cast();
    if (result.ok)
      yield { firstRow: 0, rowsRead: result.table.rows, table: result.table, kept: result.kept ?? [], rejected: [] };
  }
}
