// A recorded move of the alias champion by ada.
import type { MoveRecord } from '../../src/registry/move-record.js';

export const championMove = (
  from: number | null,
  to: number,
  parts: Partial<MoveRecord> & Pick<MoveRecord, 'time'>,
): MoveRecord => ({
  action: 'promote',
  kind: 'alias',
  target: 'champion',
  from_version: from,
  to_version: to,
  from_stage: null,
  user: 'ada',
  ...parts,
});

export const championAt = (version: number): ReadonlyMap<string, number> => new Map([['alias:champion', version]]);
