// Turns one clause of MLflow's order_by ("metrics.val_acc DESC", "start_time") into what to sort by and in which direction.
import { nearestNames } from '../text/nearest-names.js';
import { identify, searchInvalid } from './filter.js';
import { ORDERABLE, type SearchEntity, type SearchKind } from './searchable.js';

export interface OrderTerm {
  readonly kind: SearchKind;
  /** For attributes the column, else the key. */
  readonly key: string;
  readonly ascending: boolean;
}

/** An order that works, for each of what is searched. */
const EXAMPLES: Readonly<Record<SearchEntity, string>> = {
  run: 'metrics.val_acc DESC, or start_time ASC',
  experiment: 'creation_time DESC',
  registered_model: 'last_updated_timestamp DESC, or name ASC',
  model_version: 'version_number DESC',
};

export function parseOrderBy(clause: string, entity: SearchEntity): OrderTerm {
  const match = /^\s*((?:[^\s`"]|`[^`]*`|"[^"]*")+)(?:\s+(asc|desc))?\s*$/i.exec(clause);
  const example = `write for example: ${EXAMPLES[entity]}`;
  if (!match) throw searchInvalid('this is not an order (expected a name, then ASC or DESC)', clause, example);
  const word = match[1] ?? '';
  const ascending = match[2]?.toLowerCase() !== 'desc';
  const bare = word.replace(/^(attributes?|attr|run)\./, '');
  const plain = /^[`"]/.test(bare) ? bare.slice(1, -1) : bare;
  if (bare !== word || !word.includes('.')) {
    const column = ORDERABLE[entity].get(plain);
    if (!column) {
      const [near] = nearestNames(plain, [...ORDERABLE[entity].keys()]);
      const key = bare === word && entity === 'run' ? `did you mean metrics.${plain} or params.${plain}?` : example;
      throw searchInvalid(
        `cannot be ordered by ${plain}; there are ${[...ORDERABLE[entity].keys()].join(', ')}`,
        clause,
        near === undefined ? key : `did you mean ${near}?`,
      );
    }
    return { kind: 'attribute', key: column, ascending };
  }
  const { kind, key } = identify(word, entity, clause, example);
  if (entity !== 'run' || kind === 'dataset') throw searchInvalid(`cannot be ordered by ${word}`, clause, example);
  return { kind, key, ascending };
}
