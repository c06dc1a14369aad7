// Turns a stream of NDJSON bytes (one JSON object a line, blank lines skipped) into batches of cast rows.
import { isJsonObject, parseJson } from '../../data/json.js';
import type { JsonValue } from '../../data/json-types.js';
import { linesOf } from '../../data/lines-of.js';
import { MlctlError } from '../../errors/error.js';
import { BATCH_BYTES, batchRows } from '../../schema/batch-size.js';
import { openRecordCaster } from '../../schema/cast.js';
import type { CastBatch } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import { rowBytes } from '../row-bytes.js';
import type { RowBatches, RowSource } from './whole-batches.js';

export function ndjsonBatches(source: RowSource, signature: Signature): RowBatches {
  const { caster, findings } = openRecordCaster(signature, source.beside);
  const broken = findings.total > 0;
  let empty = true;
  let atEnd = false;
  return {
    batches: read(),
    findings,
    fatal: () => broken || empty,
    atEnd: () => atEnd,
    advice: () => null,
    warnings: () => caster.warnings,
    params: () => null,
  };

  async function* read(): AsyncGenerator<CastBatch> {
    const most = batchRows(signature);
    let lines: Buffer[] = [];
    let numbers: number[] = [];
    let bytes = 0;
    let row = 0;
    let number = 0;
    for await (const some of linesOf(rowBytes(source))) {
      for (const line of some) {
        number++;
        if (isBlank(line)) continue;
        empty = false;
        lines.push(line);
        numbers.push(number);
        bytes += line.length;
        if (lines.length < most && bytes < BATCH_BYTES) continue;
        yield cast(lines, row, numbers);
        row += lines.length;
        lines = [];
        numbers = [];
        bytes = 0;
      }
    }
    atEnd = true;
    if (lines.length > 0) yield cast(lines, row, numbers);
    if (empty)
      findings.say('SCHEMA_NO_ROWS', 'the input has no rows', { found: '0 rows', expected: 'at least one row' });
  }

  function cast(lines: readonly Buffer[], firstRow: number, numbers: readonly number[]): CastBatch {
    const records = lines.map((line): JsonValue | MlctlError => {
      try {
        return parseJson(line, { python: true });
      } catch (error) {
        if (error instanceof MlctlError) return error;
        throw error;
      }
    });
    return caster.cast(
      records,
      firstRow,
      (i) => lines[i]!.toString('utf8'),
      (i) => numbers[i]!,
    );
  }
}

/** The keys of the first row; faults in it are found when the rows are cast. */
export async function ndjsonColumns(source: RowSource): Promise<readonly string[]> {
  for await (const lines of linesOf(rowBytes(source))) {
    const first = lines.find((line) => !isBlank(line));
    if (first === undefined) continue;
    const row = parseJson(first, { python: true });
    return isJsonObject(row) ? row.entries.map(([key]) => key) : [];
  }
  return [];
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false;
  return true;
}
