// One JSON request of the scoring protocol as batches of cast rows.
import { castJsonDocument } from '../../schema/cast.js';
import type { CastBatch, EnforcementMode } from '../../schema/cast-types.js';
import type { SchemaFinding, Signature } from '../../schema/types.js';
import type { RowBatches } from './row-batches.js';

export function jsonBatches(read: () => Promise<Uint8Array>, signature: Signature, mode: EnforcementMode): RowBatches {
  let kept: readonly SchemaFinding[] = [];
  let total = 0;
  let warnings: readonly string[] = [];
  let params: ReadonlyMap<string, unknown> | null = null;
  return {
    batches: cast(),
    findings: {
      get kept() {
        return kept;
      },
      get total() {
        return total;
      },
    },
    fatal: () => total > 0,
    warnings: () => warnings,
    params: () => params,
  };

  async function* cast(): AsyncGenerator<CastBatch> {
    const result = castJsonDocument(await read(), signature, mode);
    if (!result.ok) {
      kept = result.findings;
      total = result.total;
      return;
    }
    warnings = result.warnings;
    params = result.params;
    yield { firstRow: 0, rowsRead: result.table.rows, table: result.table, rejected: [] };
  }
}
