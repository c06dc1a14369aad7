// Turns the moves of a registered model into the section that says who moved what, when, and why.
import type { MoveDocument } from '../../documents/move.js';
import { exactTime } from '../../text/exact-time.js';
import { type Html, html } from './html.js';
import type { ModelCard } from './model-card.js';
import { cardTable, section } from './section.js';

const place = ({ kind, target }: MoveDocument): string => (kind === 'alias' ? `@${target}` : target);

export function historySection({ history, resolved }: ModelCard): Html | null {
  if (history === null) return null;
  const { moves, more } = history;
  const title = 'History';
  if (moves.length === 0)
    return section(title, null, [html`<p class="muted">No stage and no alias was ever moved.</p>`]);
  const version = (of: number | null): Html | string =>
    of === null ? 'none' : of === resolved.version ? html`<strong>${of}</strong>` : String(of);
  return section(title, `moves of the stages and aliases of ${resolved.name}, newest first`, [
    cardTable<MoveDocument>(
      [
        { title: 'when', whole: true, of: ({ time }) => (time === null ? 'unknown' : exactTime(time)) },
        { title: 'who', of: ({ user }) => user },
        { title: 'what', of: (move) => html`${move.action} ${place(move)}` },
        { title: 'from', right: true, of: ({ from_version: from }) => version(from) },
        { title: 'to', right: true, of: ({ to_version: to }) => version(to) },
        { title: 'why', of: ({ message }) => message },
      ],
      moves,
    ),
    more ? html`<p class="muted">… and older moves: mlctl history</p>` : null,
  ]);
}
