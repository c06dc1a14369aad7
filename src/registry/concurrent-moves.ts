// Turns the records of a stage or alias into the moves that are concurrent with one's own, and those into the one that stays: the
// tie-break of two promotes at the same moment.
import { setTimeout as pause } from 'node:timers/promises';
import type { ModelRegistry } from '../tracking/model-registry.js';
import { monotonicMs } from '../world.js';
import { type KeyedRecord, type MoveRecord, recordsOf } from './move-record.js';
import { versionsOf } from './versions-of.js';

/** A concurrent move that is not confirmed within this time counts as not made. */
export const UNDECIDED_MS = 3000;
const LOOK_EVERY_MS = 100;

export const recordsFor = async (
  registry: ModelRegistry,
  name: string,
  place: Pick<MoveRecord, 'kind' | 'target'>,
): Promise<KeyedRecord[]> =>
  (await versionsOf(registry, name))
    .flatMap(recordsOf)
    .filter(({ kind, target }) => kind === place.kind && target === place.target);

/** The confirmed moves from the same version that are not among `earlier`. It waits until each is confirmed or withdrawn. */
export async function concurrentMoves(
  registry: ModelRegistry,
  name: string,
  own: KeyedRecord,
  earlier: ReadonlySet<string>,
): Promise<readonly KeyedRecord[]> {
  const until = monotonicMs() + UNDECIDED_MS;
  for (;;) {
    const moves = (await recordsFor(registry, name, own)).filter(
      (one) =>
        one.from_version === own.from_version &&
        one.to_version !== own.to_version &&
        !earlier.has(one.key) &&
        one.state !== 'withdrawn',
    );
    const undecided = moves.some(({ state }) => state === 'pending');
    if (!undecided || monotonicMs() > until) return moves.filter(({ state }) => state === undefined);
    await pause(LOOK_EVERY_MS);
  }
}

/** The move to yield to; null if all the others yield. Of those without `ifCurrent` the last one stays. */
export function winnerOf(moves: readonly KeyedRecord[], own: string, late: boolean): KeyedRecord | null {
  const sorted = [...moves].sort((a, b) => (a.key < b.key ? -1 : 1));
  const unconditional = sorted.filter(({ guarded }) => guarded !== true).at(-1);
  if (unconditional) return unconditional;
  const [first] = sorted;
  return first !== undefined && (late || first.key < own) ? first : null;
}
