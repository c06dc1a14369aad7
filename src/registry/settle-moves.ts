// Turns the records of a version that nobody will change any more into a list, so that forty moves do not leave forty tags, and
// tells people of them in the note of the version.
//
// MLflow has no compare-and-set, so a list is never changed: a new one with a name of its own is written, and only then are the
// tags removed whose records it holds. Two commands at the same moment leave a record in two lists, which is read once, and lose none.
import { randomBytes } from 'node:crypto';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import { NOTE_TAG } from '../tracking/note-tag.js';
import { formatMoves, MOVES_PREFIX, parseMoves } from './move-list.js';
import { type KeyedRecord, recordsOf } from './move-record.js';
import { noteWithMoves } from './note-with-moves.js';

/** MLflow's SQL stores of version 2 keep 5,000 characters of a tag. */
const MOST_CHARACTERS = 5000;
/** Fewer records stay tags of their own, which any client reads. */
const FEWEST = 4;
/** A move with `ifCurrent` may still be withdrawn by its own command, but not after this time, ms. */
const SETTLED_MS = 3600 * 1000;

/** `own` is the key of the move that was just made. The move counts whatever becomes of this, so nothing is thrown. */
export async function settleMoves(registry: ModelRegistry, of: ModelVersion, own: string, now: number): Promise<void> {
  try {
    const version = await registry.getModelVersion(of.name, of.version);
    if (version === null) return;
    await settle(registry, version, own, now);
    const note = noteWithMoves(version);
    if (note !== null) await registry.setModelVersionTag(of.name, of.version, NOTE_TAG, note);
  } catch {
    // The tags are still there, and the next move tries again.
  }
}

/** A list holds the record as it is: it is confirmed, not too long, and its key is one that mlctl makes. */
function fitsInList(record: KeyedRecord): boolean {
  if (record.state !== undefined) return false;
  const text = formatMoves([record]);
  return text.length <= MOST_CHARACTERS && parseMoves(text, record.to_version)[0]?.key === record.key;
}

/** The random end keeps apart two lists of the same millisecond. */
const newListKey = (now: number): string =>
  `${MOVES_PREFIX}${String(now).padStart(15, '0')}.${randomBytes(3).toString('hex')}`;

async function settle(registry: ModelRegistry, version: ModelVersion, own: string, now: number): Promise<void> {
  const isSettled = (record: KeyedRecord): boolean =>
    version.tags.has(record.key) &&
    fitsInList(record) &&
    (record.guarded !== true || record.key === own || now - record.time > SETTLED_MS);
  const settled = recordsOf(version).filter(isSettled);
  if (settled.length < FEWEST) return;
  const lists = [...version.tags].filter(
    ([key, text]) => key.startsWith(MOVES_PREFIX) && text.length < MOST_CHARACTERS / 2,
  );
  const listed = lists.map(([key, text]) => ({
    key,
    records: recordsOf({ ...version, tags: new Map([[key, text]]) }),
  }));
  const merged = new Map(
    [...listed.flatMap(({ records }) => records), ...settled].map((record) => [record.key, record]),
  );
  const { name, version: number } = version;
  for (const text of textsOf([...merged.values()].sort((a, b) => (a.key < b.key ? -1 : 1))))
    await registry.setModelVersionTag(name, number, newListKey(now), text);
  for (const key of [...listed.map((list) => list.key), ...settled.map((record) => record.key)])
    await registry.deleteModelVersionTag(name, number, key);
}

/** As many lists as it takes. */
function textsOf(records: readonly KeyedRecord[]): string[] {
  const texts: string[] = [];
  let some: KeyedRecord[] = [];
  for (const record of records) {
    if (some.length > 0 && formatMoves([...some, record]).length > MOST_CHARACTERS) {
      texts.push(formatMoves(some));
      some = [];
    }
    some.push(record);
  }
  return [...texts, formatMoves(some)];
}
