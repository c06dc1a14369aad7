// One stage or alias moved to a version. The move is written down before it is made, so that whatever ends the command
// between the two, `history` knows of it; and where it must not undo anybody's, rivals of the same moment find each other by it.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConflictDocument } from '../documents/conflict.js';
import { userName } from '../session/user-name.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import type { World } from '../world.js';
import { type KeyedRecord, type MoveRecord, newRecordKey, recordsOf, writeRecord } from './move-record.js';
import { holderOf, type Pointer } from './stage-or-alias.js';
import { versionsOf } from './versions-of.js';

/** A rival that has not said within this time whether it moved is gone; who is slower itself gives way. */
const RIVAL_MS = 3000;
const LOOK_EVERY_MS = 100;

const isSingle = (pointer: Pointer): boolean =>
  pointer.kind === 'alias' || pointer.target === 'Production' || pointer.target === 'Staging';

async function setPointer(registry: ModelRegistry, name: string, version: number, pointer: Pointer): Promise<void> {
  if (pointer.kind === 'alias') await registry.setAlias(name, pointer.target, version);
  // What was in Production or Staging goes to Archived, so that `models:/N/Production` never has two meanings; MLflow's own
  // default leaves both there, and true with None or Archived is an internal error of its servers.
  else await registry.transitionStage({ name, version, stage: pointer.target, archiveExisting: isSingle(pointer) });
}

const recordsFor = async (registry: ModelRegistry, name: string, { kind, target }: Pointer): Promise<KeyedRecord[]> =>
  (await versionsOf(registry, name)).flatMap(recordsOf).filter((one) => one.kind === kind && one.target === target);

/** Servers archive what they saw in the stage; of moves at the same moment several can be left there. The last one stays. */
async function leaveOne(registry: ModelRegistry, name: string, pointer: Pointer): Promise<void> {
  if (pointer.kind !== 'stage' || !isSingle(pointer)) return;
  const there = (await versionsOf(registry, name)).filter(({ stage }) => stage === pointer.target);
  if (there.length < 2) return;
  const lastKey = (version: ModelVersion): string =>
    recordsOf(version)
      .filter(({ kind, target, state }) => kind === 'stage' && target === pointer.target && state !== 'withdrawn')
      .reduce((last, { key }) => (key > last ? key : last), '');
  const [, ...others] = [...there].sort((a, b) => (lastKey(a) > lastKey(b) ? -1 : 1));
  for (const { version } of others)
    await registry.transitionStage({ name, version, stage: 'Archived', archiveExisting: false });
}

/** Who moves from the same version at the same moment, once each has said whether it moved. Clocks have no say in who that is. */
async function rivalsOf(
  registry: ModelRegistry,
  name: string,
  pointer: Pointer,
  own: KeyedRecord,
  before: ReadonlySet<string>,
): Promise<readonly KeyedRecord[]> {
  const until = performance.now() + RIVAL_MS;
  for (;;) {
    const rivals = (await recordsFor(registry, name, pointer)).filter(
      (one) =>
        one.from_version === own.from_version &&
        one.to_version !== own.to_version &&
        !before.has(one.key) &&
        one.state !== 'withdrawn',
    );
    const undecided = rivals.some(({ state }) => state === 'pending');
    if (!undecided || performance.now() > until) return rivals.filter(({ state }) => state === undefined);
    await pause(LOOK_EVERY_MS);
  }
}

export interface Guard {
  /** The version the pointer must be at. */
  readonly expected: number | null;
}

/** How far a move came: nothing was asked of the server yet, it was asked, it has answered. */
export type Progress = 'begun' | 'asked' | 'made';

/**
 * One pointer. With `guard` nothing is moved unless it is where it should be, and of rivals at most one stays. `tell` hears how
 * far it came, for whoever has to say what an error left behind.
 */
export async function movePointer(
  world: World,
  registry: ModelRegistry,
  version: ModelVersion,
  pointer: Pointer,
  action: MoveRecord['action'],
  guard: Guard | null,
  tell: (progress: Progress) => void,
): Promise<{ from: number | null; conflict: ConflictDocument | null }> {
  const { name, version: to } = version;
  const conflict = (found: number | null, when: ConflictDocument['when']): ConflictDocument => ({
    ...pointer,
    expected_version: when === 'after' ? to : (guard?.expected ?? null),
    found_version: found,
    when,
  });
  const from = pointer.target === 'None' ? null : await holderOf(registry, name, pointer);
  if (guard && from !== guard.expected) return { from, conflict: conflict(from, 'before') };
  // What was decided before this move is no rival of it; what still stands undecided may be one.
  const decided = new Set(
    guard
      ? (await recordsFor(registry, name, pointer)).filter(({ state }) => state !== 'pending').map(({ key }) => key)
      : [],
  );
  const record: MoveRecord = {
    action,
    ...pointer,
    from_version: from,
    to_version: to,
    from_stage: pointer.kind === 'stage' ? version.stage : null,
    user: userName(world),
    time: world.now(),
    ...(guard ? { guarded: true } : {}),
  };
  const key = newRecordKey(record);
  const note = (state?: MoveRecord['state']) => writeRecord(registry, name, key, state ? { ...record, state } : record);
  // From before it can be seen as undecided until after it is decided: never shorter than a rival has waited for it.
  const begun = performance.now();
  await note('pending');
  if (guard) {
    const now = await holderOf(registry, name, pointer);
    if (now !== guard.expected) {
      await note('withdrawn');
      return { from, conflict: conflict(now, 'before') };
    }
  }
  tell('asked');
  await setPointer(registry, name, to, pointer);
  tell('made');
  await note();
  const late = performance.now() - begun > RIVAL_MS;
  await leaveOne(registry, name, pointer);
  if (!guard) return { from, conflict: null };
  const rivals = await rivalsOf(registry, name, pointer, { ...record, key }, decided);
  const winner = winnerOf(rivals, key, late);
  const holder = await holderOf(registry, name, pointer);
  if (winner !== null) {
    if (holder === to) await setPointer(registry, name, winner.to_version, pointer);
    await note('withdrawn');
    return { from, conflict: conflict(winner.to_version, 'after') };
  }
  if (holder === to) return { from, conflict: null };
  // A rival that gives way may not have done so yet; anybody else is right to move it.
  if (rivals.every(({ to_version }) => to_version !== holder)) return { from, conflict: conflict(holder, 'after') };
  await setPointer(registry, name, to, pointer);
  return { from, conflict: null };
}

/** The rival to give way to; null where they all give way. Who moves without a guard never does, and the last of them stays. */
function winnerOf(rivals: readonly KeyedRecord[], own: string, late: boolean): KeyedRecord | null {
  const sorted = [...rivals].sort((a, b) => (a.key < b.key ? -1 : 1));
  const unguarded = sorted.filter(({ guarded }) => guarded !== true).at(-1);
  if (unguarded) return unguarded;
  const [first] = sorted;
  return first !== undefined && (late || first.key < own) ? first : null;
}
