// A stream of CSV bytes as batches of cast rows.
import { openCsvCaster } from '../../schema/cast.js';
import type { CastBatch } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import type { RowBatches } from './row-batches.js';

export function csvBatches(chunks: AsyncIterable<Uint8Array>, signature: Signature, batchRows: number): RowBatches {
  const caster = openCsvCaster(signature, batchRows);
  return {
    batches: read(),
    findings: caster.findings,
    fatal: () => caster.fatal,
    warnings: () => caster.warnings,
    params: () => null,
  };

  async function* read(): AsyncGenerator<CastBatch> {
    for await (const chunk of chunks) {
      caster.feed(chunk);
      yield* ready();
    }
    caster.finish();
    yield* ready();
  }

  function* ready(): Generator<CastBatch> {
    for (let batch = caster.read(); batch !== null; batch = caster.read()) yield batch;
  }
}
