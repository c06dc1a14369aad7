// The moves of a registered model as a table, newest first.

import type { MoveDocument } from '../../../documents/move.js';
import type { HistoryDocument } from '../../../operations/history.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../../style.js';
import { table } from '../table.js';
import { timeWords } from '../times.js';

const versionOf = (version: number | null) => (version === null ? '–' : String(version));

/** `asked`: the stage or alias that was asked for, in words; null for all. */
export function historyText(style: Style, { name, moves, more, moved }: HistoryDocument, asked: string | null): string {
  if (moves.length === 0)
    return moved.length === 0
      ? `no stage or alias of ${printable(name)} was ever moved`
      : `${printable(asked ?? 'this', 100)} of ${printable(name)} was never moved; these were: ${printable(moved.join(', '), 1000)}`;
  const shown = table<MoveDocument>(
    style,
    [
      { title: 'when', of: ({ time }) => timeWords(style, time) || 'unknown', kept: true },
      { title: 'who', of: ({ user }) => user, least: 8 },
      { title: 'did', of: ({ action }) => action },
      { title: 'what', of: ({ kind, target }) => (kind === 'alias' ? `@${target}` : target) },
      { title: 'from', right: true, of: (move) => versionOf(move.from_version) },
      { title: 'to', right: true, of: (move) => versionOf(move.to_version) },
      ...(moves.some(({ message }) => message !== null)
        ? [{ title: 'why', of: (move: MoveDocument) => move.message, most: 200, least: 12 }]
        : []),
    ],
    moves,
    '',
  );
  const notes = [
    ...(more ? ['… more with --max'] : []),
    ...(moves.some(({ action }) => action === 'unknown')
      ? ['unknown: moved by a client that does not record moves']
      : []),
  ];
  return [shown, ...notes.map((note) => style.dim(note))].join('\n');
}
