// Turns moves into tags and back: one tag `mlctl.history.*` of the version moved to, so that any client can read who moved what,
// when. Moves that are settled are put together into lists (settle-moves.ts).
import { randomBytes } from 'node:crypto';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import { keyOf, MOVES_PREFIX, parseMoves } from './move-list.js';

/** One entry of the history: who moved what, when, from which version to which. */
export interface MoveRecord {
  readonly action: 'register' | 'promote' | 'rollback';
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly from_version: number | null;
  readonly to_version: number;
  readonly from_stage: string | null;
  readonly user: string;
  /** ms since 1970. */
  readonly time: number;
  /**
   * `pending`: written before the move, which may or may not have followed; `withdrawn`: the move was not made, or was undone.
   */
  readonly state?: 'pending' | 'withdrawn';
  /** The move was allowed from `from_version` only (`ifCurrent`), so it yields to concurrent moves that were first. */
  readonly guarded?: true;
  /** Why it was moved. */
  readonly message?: string;
}

export interface KeyedRecord extends MoveRecord {
  readonly key: string;
}

const HISTORY_PREFIX = 'mlctl.history.';

/** The random end keeps apart two moves of the same millisecond. */
export const newRecordKey = ({ time, kind }: Pick<MoveRecord, 'time' | 'kind'>): string =>
  keyOf(time, kind, randomBytes(3).toString('hex'));

export async function writeRecord(
  registry: ModelRegistry,
  name: string,
  key: string,
  record: MoveRecord,
): Promise<void> {
  await registry.setModelVersionTag(name, record.to_version, key, JSON.stringify(record));
}

const isVersion = (value: unknown): boolean => value === null || Number.isSafeInteger(value);
const isText = (value: unknown): boolean => typeof value === 'string';

/** Anybody can write tags: a value that is not valid in every part is not a record. */
function isRecord(value: unknown, version: number): value is MoveRecord {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Record<keyof MoveRecord, unknown>;
  return (
    Number.isSafeInteger(one.time) &&
    isText(one.target) &&
    // A tag copied from another version is about that version.
    one.to_version === version &&
    isVersion(one.from_version) &&
    (one.kind === 'stage' || one.kind === 'alias') &&
    (one.action === 'register' || one.action === 'promote' || one.action === 'rollback') &&
    (one.message === undefined || isText(one.message)) &&
    (one.from_stage === null || isText(one.from_stage)) &&
    isText(one.user)
  );
}

/**
 * All records among the tags of a version, oldest first. One that stands in a list and in a tag of its own is one: withdrawn if
 * either says so, because nobody takes that back.
 */
export function recordsOf(version: ModelVersion): readonly KeyedRecord[] {
  const records = new Map<string, KeyedRecord>();
  const add = (value: unknown, key: string): void => {
    if (!isRecord(value, version.version)) return;
    const other = records.get(key);
    if (other === undefined || other.state === 'pending' || value.state === 'withdrawn')
      records.set(key, { ...value, key });
  };
  for (const [key, value] of version.tags) {
    const isList = key.startsWith(MOVES_PREFIX);
    if (!isList && !key.startsWith(HISTORY_PREFIX)) continue;
    try {
      if (isList) for (const one of parseMoves(value, version.version)) add(one, one.key);
      else add(JSON.parse(value), key);
    } catch {
      // somebody else's tag
    }
  }
  return [...records.values()].sort(byTime);
}

/** The stage is moved first if one promote moves both. */
export const byTime = (a: MoveRecord, b: MoveRecord): number => a.time - b.time || b.kind.localeCompare(a.kind);
