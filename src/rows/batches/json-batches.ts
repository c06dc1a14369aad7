// One JSON request of the scoring protocol as batches of cast rows.
import { castDocument } from '../../schema/cast.js';
import type { EnforcementMode } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import { type RowBatches, wholeBatches } from './row-batches.js';

export function jsonBatches(read: () => Promise<Uint8Array>, signature: Signature, mode: EnforcementMode): RowBatches {
  return wholeBatches(async () => castDocument(await read(), 'json', signature, mode));
}
