// Finds the name somebody probably meant: the same but for case, blanks or Unicode form, or a small edit distance away.
import { editDistance } from '../text/edit-distance.js';

interface NearMiss {
  readonly name: string;
  readonly kind: 'case' | 'blanks' | 'unicode' | 'spelling';
}

/** Names longer than this are compared for equality after folding, not by distance. */
const LONGEST = 128;

export function nearMiss(name: string, candidates: Iterable<string>): NearMiss | null {
  const form = name.normalize('NFC');
  const trimmed = form.trim();
  const folded = trimmed.toLowerCase();
  let best: NearMiss | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const other = candidate.normalize('NFC');
    let kind: NearMiss['kind'] | null = null;
    let cost = 0;
    if (other === form) kind = 'unicode';
    else if (other.trim() === trimmed) [kind, cost] = ['blanks', 0.1];
    else if (other.trim().toLowerCase() === folded) [kind, cost] = ['case', 0.2];
    else if (other.length <= LONGEST && folded.length <= LONGEST) {
      // Separators are typed in many ways: `sepal_length` for `sepal length`.
      const allowed = Math.max(1, Math.floor(Math.max(other.length, folded.length) / 3));
      const distance = editDistance(folded, other.trim().toLowerCase(), allowed);
      if (distance <= allowed && distance < Math.max(other.length, folded.length))
        [kind, cost] = ['spelling', distance];
    }
    if (kind !== null && cost < bestCost) {
      best = { name: candidate, kind };
      bestCost = cost;
    }
  }
  return best;
}

/** `: did you mean 'x'?` with the reason where it is subtle, or nothing. */
export function suggestionText(name: string, miss: NearMiss | null): string {
  if (miss === null) return '';
  const shown = miss.name.length > 60 ? `${miss.name.slice(0, 60)}…` : miss.name;
  if (miss.kind === 'unicode') return `: it differs from '${shown}' only by Unicode normalisation`;
  if (miss.kind === 'case') return `: did you mean '${shown}'? Names are case-sensitive`;
  if (miss.kind === 'blanks') return `: did you mean '${shown}'? It differs from '${name.slice(0, 60)}' only by blanks`;
  return `: did you mean '${shown}'?`;
}
