// Turns the note of a version and its moves into the note with its last moves, unless a person wrote or changed it.
import { isoTime } from '../documents/json-values.js';
import { printable } from '../text/printable.js';
import { sealNote, unsealNote } from '../text/sealed-note.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import { NOTE_TAG } from '../tracking/note-tag.js';
import { type KeyedRecord, recordsOf } from './move-record.js';

const MOVES = '\n\nMoved here:\n\n';
const MOST_MOVES = 8;

const shown = (text: string, most: number): string => `\`${printable(text, most).replaceAll('`', "'")}\``;

/** null: there is nothing to write, or nothing that mlctl may change. */
export function noteWithMoves(version: ModelVersion): string | null {
  const note = version.tags.get(NOTE_TAG);
  const text = note === undefined ? null : unsealNote(note);
  const moves = recordsOf(version).filter(({ state }) => state === undefined);
  if (text === null || moves.length === 0) return null;
  const lines = moves.slice(-MOST_MOVES).reverse().map(lineOf);
  const earlier = moves.length - lines.length;
  const more = earlier > 0 ? [`- and ${earlier} earlier, see mlctl history`] : [];
  return sealNote(`${text.split(MOVES, 1)[0]}${MOVES}${[...lines, ...more].join('\n')}`);
}

function lineOf({ kind, target, from_version: from, user, time, action, message }: KeyedRecord): string {
  const when = isoTime(time)?.slice(0, 16).replace('T', ' ') ?? 'at an unknown time';
  const before = from === null ? '' : ` from version ${from}`;
  const why = message === undefined ? '' : `: ${shown(message, 200)}`;
  return `- ${when}: ${kind} ${shown(target, 80)}${before}, ${action} by ${shown(user, 80)}${why}`;
}
