// Moves one stage or alias to a version. MLflow has no compare-and-set, so a move is a protocol of five steps:
//
// 1. The intent is written: a record `pending`, as a tag of the version moved to. If the command is stopped after this, `history`
//    still shows the move.
// 2. With `ifCurrent`, the stage or alias is read again. If it does not point to the expected version, the record becomes
//    `withdrawn` and nothing is moved.
// 3. The stage or alias is moved.
// 4. The record is confirmed: its state is removed. Of several versions left in Staging or Production, the last one moved stays.
// 5. With `ifCurrent`, the records of concurrent moves from the same version are compared, once each is confirmed or withdrawn.
//    A move without `ifCurrent` wins, because it does not compare. Otherwise the record with the smallest key wins, so exactly one
//    move stays. A loser moves the stage or alias to the winner's version and withdraws its own record. A move that takes longer
//    than the others wait (UNDECIDED_MS) loses to any of them, because they did not see it. Clocks do not decide what is concurrent.
import type { ConflictDocument } from '../documents/conflict.js';
import { userName } from '../session/user-name.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import { monotonicMs, type World } from '../world.js';
import { concurrentMoves, recordsFor, UNDECIDED_MS, winnerOf } from './concurrent-moves.js';
import { type MoveRecord, newRecordKey, recordsOf, writeRecord } from './move-record.js';
import { settleMoves } from './settle-moves.js';
import { currentVersion, isLoaded, type StageOrAlias } from './stage-or-alias.js';
import { versionsOf } from './versions-of.js';

/** How far a move came: the store was not asked yet, it was asked, it has answered. */
export type Progress = 'begun' | 'asked' | 'made';

interface StageOrAliasMove {
  readonly registry: ModelRegistry;
  readonly version: ModelVersion;
  readonly to: StageOrAlias;
  readonly action: MoveRecord['action'];
  /** Why, in the words of whoever moves it. */
  readonly message?: string | undefined;
  /** Find out what would happen, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Move only if this is the version there now (null: none). Left out: move whatever is there. */
  readonly ifCurrent?: number | null | undefined;
  /** Called with how far the move came, so that the caller can say what an error left behind. */
  readonly onProgress: (progress: Progress) => void;
}

async function setVersion(registry: ModelRegistry, name: string, version: number, place: StageOrAlias): Promise<void> {
  if (place.kind === 'alias') await registry.setAlias(name, place.target, version);
  // Promoting to Production or Staging archives what was there, so that `models:/N/Production` has one meaning. MLflow's default
  // keeps both versions there. With None or Archived, its servers answer `true` with an internal error.
  else await registry.transitionStage({ name, version, stage: place.target, archiveExisting: isLoaded(place) });
}

/**
 * Servers archive the versions that they saw in the stage, but concurrent moves can leave several there. The last one moved
 * stays.
 */
async function leaveOne(registry: ModelRegistry, name: string, place: StageOrAlias): Promise<void> {
  if (place.kind !== 'stage' || !isLoaded(place)) return;
  const there = (await versionsOf(registry, name)).filter(({ stage }) => stage === place.target);
  if (there.length < 2) return;
  const lastKey = (version: ModelVersion): string =>
    recordsOf(version)
      .filter(({ kind, target, state }) => kind === 'stage' && target === place.target && state !== 'withdrawn')
      .reduce((last, { key }) => (key > last ? key : last), '');
  const [, ...others] = [...there].sort((a, b) => (lastKey(a) > lastKey(b) ? -1 : 1));
  for (const { version } of others)
    await registry.transitionStage({ name, version, stage: 'Archived', archiveExisting: false });
}

/** Whether the place has this version and no other, so that there is nothing to move. */
async function isThere(
  registry: ModelRegistry,
  { name, version }: ModelVersion,
  place: StageOrAlias,
): Promise<boolean> {
  if (place.kind === 'alias') return true;
  const there = (await versionsOf(registry, name)).filter(({ stage }) => stage === place.target);
  return there.some((one) => one.version === version) && (there.length === 1 || !isLoaded(place));
}

/** A move that stays also puts the settled records of its version together. */
export async function moveStageOrAlias(
  world: World,
  move: StageOrAliasMove,
): Promise<{ from: number | null; moved: boolean; conflict: ConflictDocument | null }> {
  const { registry, version, to: place, ifCurrent, onProgress } = move;
  const { name, version: to } = version;
  const conditional = ifCurrent !== undefined;
  const conflict = (found: number | null, when: ConflictDocument['when']): ConflictDocument => ({
    ...place,
    expected_version: when === 'after' ? to : (ifCurrent ?? null),
    found_version: found,
    when,
  });
  const from = place.target === 'None' ? null : await currentVersion(registry, name, place);
  if (conditional && from !== ifCurrent) return { from, moved: false, conflict: conflict(from, 'before') };
  if (from === to && (await isThere(registry, version, place))) return { from, moved: false, conflict: null };
  if (move.dryRun === true) return { from, moved: true, conflict: null };
  // A move decided before this one is not concurrent with it; one that is still undecided may be.
  const earlier = new Set(
    conditional
      ? (await recordsFor(registry, name, place)).filter(({ state }) => state !== 'pending').map(({ key }) => key)
      : [],
  );
  const record: MoveRecord = {
    action: move.action,
    ...place,
    from_version: from,
    to_version: to,
    from_stage: place.kind === 'stage' ? version.stage : null,
    user: userName(world),
    time: world.now(),
    ...(conditional ? { guarded: true } : {}),
    ...(move.message === undefined ? {} : { message: move.message }),
  };
  const key = newRecordKey(record);
  const note = (state?: MoveRecord['state']) => writeRecord(registry, name, key, state ? { ...record, state } : record);
  // Measured from before the record can be seen until after it is confirmed, so it is never shorter than the time another move
  // waited.
  const begun = monotonicMs();
  await note('pending');
  if (conditional) {
    const now = await currentVersion(registry, name, place);
    if (now !== ifCurrent) {
      await note('withdrawn');
      return { from, moved: false, conflict: conflict(now, 'before') };
    }
  }
  onProgress('asked');
  await setVersion(registry, name, to, place);
  onProgress('made');
  await note();
  const late = monotonicMs() - begun > UNDECIDED_MS;
  await leaveOne(registry, name, place);
  const stays = async () => {
    await settleMoves(registry, version, key, world.now());
    return { from, moved: true, conflict: null };
  };
  if (!conditional) return stays();
  const others = await concurrentMoves(registry, name, { ...record, key }, earlier);
  const winner = winnerOf(others, key, late);
  const now = await currentVersion(registry, name, place);
  if (winner !== null) {
    if (now === to) await setVersion(registry, name, winner.to_version, place);
    await note('withdrawn');
    return { from, moved: false, conflict: conflict(winner.to_version, 'after') };
  }
  if (now === to) return stays();
  // A move that yields may not have put its winner back yet. Any other version there was moved by somebody later, and stays.
  if (others.every(({ to_version }) => to_version !== now))
    return { from, moved: false, conflict: conflict(now, 'after') };
  await setVersion(registry, name, to, place);
  return stays();
}
