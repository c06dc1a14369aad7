// A model version moved to a stage or alias. The move is written down before it is made, so that whatever ends the command
// between the two, `history` knows of it; and where it must not undo anybody's, rivals of the same moment find each other by it.
import { setTimeout as pause } from 'node:timers/promises';
import { MlctlError } from '../errors/error.js';
import type { ModelVersion, Stage, TrackingStore } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { type KeyedRecord, type MoveRecord, newRecordKey, recordsOf, writeRecord } from './move-record.js';
import { holderOf, type Pointer, pointerWords } from './pointer.js';
import { userName } from './source-tags.js';
import type { ConflictDocument } from './types.js';
import { versionsOf } from './versions-of.js';

/** A rival that has not said within this time whether it moved is gone; who is slower itself gives way. */
const RIVAL_MS = 3000;
const LOOK_EVERY_MS = 100;
/** A move that was written down this long ago and never made is nobody's any more. */
const STALE_MS = 120_000;

export interface Move {
  readonly stage?: Stage;
  readonly alias?: string;
  readonly action: MoveRecord['action'];
}

/** What was moved, and the version that had the pointer until then. */
export interface Moved {
  readonly pointer: Pointer;
  readonly from: number | null;
}

export const pointersOfMove = ({ stage, alias }: Move): readonly Pointer[] => [
  ...(stage === undefined ? [] : [{ kind: 'stage', target: stage } as const]),
  ...(alias === undefined ? [] : [{ kind: 'alias', target: alias } as const]),
];

const isSingle = (pointer: Pointer): boolean =>
  pointer.kind === 'alias' || pointer.target === 'Production' || pointer.target === 'Staging';

async function setPointer(registry: TrackingStore, name: string, version: number, pointer: Pointer): Promise<void> {
  if (pointer.kind === 'alias') await registry.setAlias(name, pointer.target, version);
  // What was in Production or Staging goes to Archived, so that `models:/N/Production` never has two meanings; MLflow's own
  // default leaves both there, and true with None or Archived is an internal error of its servers.
  else await registry.transitionStage(name, version, pointer.target, { archiveExisting: isSingle(pointer) });
}

const recordsFor = async (registry: TrackingStore, name: string, { kind, target }: Pointer): Promise<KeyedRecord[]> =>
  (await versionsOf(registry, name)).flatMap(recordsOf).filter((one) => one.kind === kind && one.target === target);

/** Servers archive what they saw in the stage; of moves at the same moment several can be left there. The last one stays. */
async function leaveOne(registry: TrackingStore, name: string, pointer: Pointer): Promise<void> {
  if (pointer.kind !== 'stage' || !isSingle(pointer)) return;
  const there = (await versionsOf(registry, name)).filter(({ stage }) => stage === pointer.target);
  if (there.length < 2) return;
  const lastKey = (version: ModelVersion): string =>
    recordsOf(version)
      .filter(({ kind, target, state }) => kind === 'stage' && target === pointer.target && state !== 'withdrawn')
      .reduce((last, { key }) => (key > last ? key : last), '');
  const [, ...others] = [...there].sort((a, b) => (lastKey(a) > lastKey(b) ? -1 : 1));
  for (const { version } of others)
    await registry.transitionStage(name, version, 'Archived', { archiveExisting: false });
}

/** Who moves from the same version at the same moment, once each has said whether it moved. */
async function rivalsOf(
  registry: TrackingStore,
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
        one.state !== 'withdrawn' &&
        !(one.state === 'pending' && own.time - one.time > STALE_MS),
    );
    const undecided = rivals.some(({ state }) => state === 'pending');
    if (!undecided || performance.now() > until) return rivals.filter(({ state }) => state === undefined);
    await pause(LOOK_EVERY_MS);
  }
}

interface Guard {
  /** The version the pointer must be at. */
  readonly expected: number | null;
}

/** One pointer. With `guard` nothing is moved unless it is where it should be, and of rivals exactly one stays. */
async function movePointer(
  world: World,
  registry: TrackingStore,
  version: ModelVersion,
  pointer: Pointer,
  action: Move['action'],
  guard: Guard | null,
): Promise<{ from: number | null; conflict: ConflictDocument | null }> {
  const { name } = version;
  const conflict = (found: number | null, when: ConflictDocument['when']): ConflictDocument => ({
    ...pointer,
    expected_version: when === 'after' ? version.version : (guard?.expected ?? null),
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
    to_version: version.version,
    from_stage: pointer.kind === 'stage' ? version.stage : null,
    user: userName(world),
    time: world.now(),
  };
  const key = newRecordKey(record);
  const note = (state?: MoveRecord['state']) => writeRecord(registry, name, key, state ? { ...record, state } : record);
  await note('pending');
  const begun = performance.now();
  if (guard) {
    const now = await holderOf(registry, name, pointer);
    if (now !== guard.expected) {
      await note('withdrawn');
      return { from, conflict: conflict(now, 'before') };
    }
  }
  await setPointer(registry, name, version.version, pointer);
  const late = performance.now() - begun > RIVAL_MS;
  await note();
  await leaveOne(registry, name, pointer);
  if (!guard) return { from, conflict: null };
  const rivals = await rivalsOf(registry, name, pointer, { ...record, key }, decided);
  const [first] = rivals.map((one) => one.key).sort();
  const holder = await holderOf(registry, name, pointer);
  if (first !== undefined && (late || first < key)) {
    const winner = rivals.find((one) => one.key === first)!.to_version;
    if (holder === version.version) await setPointer(registry, name, winner, pointer);
    await note('withdrawn');
    return { from, conflict: conflict(winner, 'after') };
  }
  if (holder === version.version) return { from, conflict: null };
  // A rival that gives way may not have done so yet; anybody else is right to move it.
  if (rivals.every(({ to_version }) => to_version !== holder)) return { from, conflict: conflict(holder, 'after') };
  await setPointer(registry, name, version.version, pointer);
  return { from, conflict: null };
}

/** What had been done before the error, for whoever has to go on by hand. */
function halfMoved(error: unknown, name: string, version: number, moved: readonly Moved[], pointer: Pointer): unknown {
  if (!(error instanceof MlctlError)) return error;
  const shown = printable(name, 100);
  const done = moved.map((one) => pointerWords(one.pointer));
  const kind = pointer.kind === 'stage' ? '--stage' : '--alias';
  return new MlctlError(
    error.code,
    `${error.message}; ${done.length > 0 ? `${done.join(', ')} of ${shown} is version ${version} now, and ` : ''}whether ${pointerWords(pointer)} moved is not certain`,
    {
      hint: `${error.hint === undefined ? '' : `${error.hint}; then `}see mlctl models ${shown}, and where it did not: mlctl promote ${shown}/${version} ${kind} ${pointer.target}`,
      details: { ...error.details, moved: done, unsure: pointerWords(pointer) },
      cause: error,
    },
  );
}

/** Moves the version to every pointer asked for, the stage first; stops at the first conflict. */
export async function moveVersion(
  world: World,
  registry: TrackingStore,
  version: ModelVersion,
  move: Move,
  guard: Guard | null = null,
): Promise<{ previous: number | null; moved: readonly Moved[]; conflict: ConflictDocument | null }> {
  const moved: Moved[] = [];
  // A quiet word only: the command goes on as asked, and MLflow still serves stages.
  if (move.stage !== undefined)
    world.note(
      'stages are deprecated since MLflow 2.9; an alias does the same: --alias champion, and models:/NAME@champion',
    );
  for (const pointer of pointersOfMove(move)) {
    try {
      const { from, conflict } = await movePointer(world, registry, version, pointer, move.action, guard);
      if (conflict) return { previous: from, moved, conflict };
      moved.push({ pointer, from });
    } catch (error) {
      throw halfMoved(error, version.name, version.version, moved, pointer);
    }
  }
  return { previous: moved.map(({ from }) => from).find((from) => from !== null) ?? null, moved, conflict: null };
}
