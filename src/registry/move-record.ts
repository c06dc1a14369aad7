// Turns moves into tags and back: one tag `mlctl.history.*` of the version moved to, so that any client can read who moved what,
// when.
import { randomBytes } from 'node:crypto';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';

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

/** Keys sort by time; the random end keeps apart two moves of the same millisecond. */
export const newRecordKey = ({ time, kind }: Pick<MoveRecord, 'time' | 'kind'>): string =>
  `${HISTORY_PREFIX}${String(time).padStart(15, '0')}.${kind}.${randomBytes(3).toString('hex')}`;

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
    // // A tag copied from another version is about that version.
    one.to_version === version &&
    isVersion(one.from_version) &&
    (one.kind === 'stage' || one.kind === 'alias') &&
    (one.action === 'register' || one.action === 'promote' || one.action === 'rollback') &&
    (one.message === undefined || isText(one.message)) &&
    (one.from_stage === null || isText(one.from_stage)) &&
    isText(one.user)
  );
}

/** All records among the tags of a version, oldest first. */
export function recordsOf(version: ModelVersion): readonly KeyedRecord[] {
  const records: KeyedRecord[] = [];
  for (const [key, value] of version.tags) {
    if (!key.startsWith(HISTORY_PREFIX)) continue;
    try {
      const record: unknown = JSON.parse(value);
      if (isRecord(record, version.version)) records.push({ ...record, key });
    } catch {
      // somebody else's tag
    }
  }
  return records.sort(byTime);
}

/** The stage is moved first if one promote moves both. */
export const byTime = (a: MoveRecord, b: MoveRecord): number => a.time - b.time || b.kind.localeCompare(a.kind);
