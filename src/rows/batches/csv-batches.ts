// Turns a stream of CSV bytes into batches of cast rows.
import { CsvScanner } from '../../data/csv/csv-scanner.js';
import { batchRows } from '../../schema/batch-size.js';
import { openCsvCaster } from '../../schema/cast.js';
import type { CastBatch } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import { adviseCsv } from '../advise-csv.js';
import { rowBytes } from '../row-bytes.js';
import type { RowBatches, RowSource } from './whole-batches.js';

/** How much of the input is kept for advice. */
const START = 64 * 1024;

export function csvBatches(source: RowSource, signature: Signature): RowBatches {
  const caster = openCsvCaster(signature, batchRows(signature), source.dialect, source.beside);
  let start: Buffer | null = null;
  return {
    batches: read(),
    findings: caster.findings,
    fatal: () => caster.fatal,
    atEnd: () => caster.atEnd,
    advice: () => adviseCsv(start ?? Buffer.alloc(0), source.dialect),
    warnings: () => caster.warnings,
    params: () => null,
  };

  async function* read(): AsyncGenerator<CastBatch> {
    for await (const chunk of rowBytes(source, true)) {
      start ??= Buffer.from(chunk.subarray(0, START));
      caster.feed(chunk);
      yield* ready();
      if (caster.isOver) return;
    }
    caster.finish();
    yield* ready();
  }

  function* ready(): Generator<CastBatch> {
    for (let batch = caster.read(); batch !== null; batch = caster.read()) yield batch;
  }
}

/** The header; faults in it are found when the rows are cast. */
export async function csvColumns(source: RowSource): Promise<readonly string[]> {
  const scanner = new CsvScanner(source.dialect.delimiter, source.dialect.quote);
  for await (const chunk of rowBytes(source, true)) {
    scanner.feed(chunk);
    const names = firstRecord(scanner);
    if (names !== null) return names;
  }
  scanner.last = true;
  return firstRecord(scanner) ?? [];
}

/** Null while more bytes are needed, or if there are none. */
function firstRecord(scanner: CsvScanner): readonly string[] | null {
  if (!scanner.skipBom()) return null;
  while (scanner.next() === 'record')
    if (scanner.recordEnd > scanner.recordStart)
      return Array.from({ length: scanner.fields }, (_, field) => scanner.text(field) ?? '');
  return null;
}
