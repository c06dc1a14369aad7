// A model version moved to a stage or alias, with the move itself written down as tags `mlctl.history.*` of the version.
import { randomBytes } from 'node:crypto';
import type { ModelVersion, Stage, TrackingStore } from '../tracking/store.js';
import type { World } from '../world.js';
import type { Pointer } from './pointer.js';
import { userName } from './source-tags.js';

export interface Move {
  readonly stage?: Stage;
  readonly alias?: string;
  readonly action: 'register' | 'promote' | 'rollback';
}

/** One entry of the history: who moved what, when, from which version to which. */
export interface MoveRecord {
  readonly action: Move['action'];
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly from_version: number | null;
  readonly to_version: number;
  readonly from_stage: string | null;
  readonly user: string;
  /** ms since 1970. */
  readonly time: number;
}

/** What was moved, and the version that had the pointer until then (null also where it is the same). */
export interface Moved {
  readonly pointer: Pointer;
  readonly from: number | null;
}

export const HISTORY_PREFIX = 'mlctl.history.';

/** Keys sort by time; the random end keeps two moves of one millisecond apart. */
async function recordMove(registry: TrackingStore, name: string, record: MoveRecord): Promise<void> {
  const key = `${HISTORY_PREFIX}${String(record.time).padStart(15, '0')}.${record.kind}.${randomBytes(3).toString('hex')}`;
  await registry.setModelVersionTag(name, record.to_version, key, JSON.stringify(record));
}

/**
 * Moves the version; gives the version that held the place before. Archiving: what was in Production or Staging goes to
 * Archived, so that `models:/N/Production` never has two meanings; MLflow's own default leaves both there.
 */
export async function moveVersion(
  world: World,
  registry: TrackingStore,
  version: ModelVersion,
  move: Move,
): Promise<{ previous: number | null; moved: readonly Moved[] }> {
  const { name } = version;
  const moved: Moved[] = [];
  let previous: number | null = null;
  const base = { action: move.action, to_version: version.version, user: userName(world), time: world.now() };
  if (move.stage !== undefined) {
    // A quiet word only: the command goes on as asked, and MLflow still serves stages.
    world.note(
      'stages are deprecated since MLflow 2.9; an alias does the same: --alias champion, and models:/NAME@champion',
    );
    const held = move.stage === 'None' ? [] : await registry.getLatestVersions(name, [move.stage]);
    previous =
      held
        .map((one) => one.version)
        .filter((one) => one !== version.version)
        .sort((a, b) => b - a)[0] ?? null;
    // true with None or Archived is an internal error on MLflow's servers.
    const archiveExisting = move.stage === 'Production' || move.stage === 'Staging';
    await registry.transitionStage(name, version.version, move.stage, { archiveExisting });
    await recordMove(registry, name, {
      ...base,
      kind: 'stage',
      target: move.stage,
      from_version: previous,
      from_stage: version.stage,
    });
    moved.push({ pointer: { kind: 'stage', target: move.stage }, from: previous });
  }
  if (move.alias !== undefined) {
    const held = await registry.getModelVersionByAlias(name, move.alias);
    const before = held === null || held.version === version.version ? null : held.version;
    await registry.setAlias(name, move.alias, version.version);
    await recordMove(registry, name, {
      ...base,
      kind: 'alias',
      target: move.alias,
      from_version: before,
      from_stage: null,
    });
    moved.push({ pointer: { kind: 'alias', target: move.alias }, from: before });
    previous ??= before;
  }
  return { previous, moved };
}

/** The records among a version's tags, oldest first; what is no record is passed over. */
export function movesOf(version: ModelVersion): readonly MoveRecord[] {
  const moves: MoveRecord[] = [];
  for (const [key, value] of version.tags) {
    if (!key.startsWith(HISTORY_PREFIX)) continue;
    try {
      const record = JSON.parse(value) as MoveRecord;
      if (
        Number.isSafeInteger(record.time) &&
        typeof record.target === 'string' &&
        // A tag copied from another version tells of that one.
        record.to_version === version.version &&
        (record.from_version === null || Number.isSafeInteger(record.from_version)) &&
        (record.kind === 'stage' || record.kind === 'alias')
      )
        moves.push(record);
    } catch {
      // somebody else's tag
    }
  }
  // Of one promote to both, the stage moved first.
  return moves.sort((a, b) => a.time - b.time || b.kind.localeCompare(a.kind));
}
