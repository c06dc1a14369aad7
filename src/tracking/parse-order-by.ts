// Turns one clause of MLflow's order_by ("metrics.val_acc DESC", "start_time") into what to sort by and in which direction.
import { identify, searchInvalid } from './filter.js';
import { ORDERABLE, type SearchEntity, type SearchKind } from './searchable.js';

export interface OrderTerm {
  readonly kind: SearchKind;
  /** For attributes the column, else the key. */
  readonly key: string;
  readonly ascending: boolean;
}

export function parseOrderBy(clause: string, entity: SearchEntity): OrderTerm {
  const match = /^\s*((?:[^\s`"]|`[^`]*`|"[^"]*")+)(?:\s+(asc|desc))?\s*$/i.exec(clause);
  if (!match) throw searchInvalid('it is not a valid order (expected a name, then ASC or DESC)', clause);
  const word = match[1] ?? '';
  const ascending = match[2]?.toLowerCase() !== 'desc';
  const bare = word.replace(/^(attributes?|attr|run)\./, '');
  const plain = /^[`"]/.test(bare) ? bare.slice(1, -1) : bare;
  if (bare !== word || !word.includes('.')) {
    const column = ORDERABLE[entity].get(plain);
    if (!column)
      throw searchInvalid(
        `cannot be ordered by ${plain}; there are ${[...ORDERABLE[entity].keys()].join(', ')}`,
        clause,
      );
    return { kind: 'attribute', key: column, ascending };
  }
  const { kind, key } = identify(word, entity, clause);
  if (entity !== 'run' || kind === 'dataset') throw searchInvalid(`cannot be ordered by ${word}`, clause);
  return { kind, key, ascending };
}
