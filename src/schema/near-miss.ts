// Turns an unknown name into the one that was probably meant: the same but for case, blanks or Unicode form, or a small edit
// distance away.
import { editDistance } from '../text/edit-distance.js';

interface NearMiss {
  readonly name: string;
  readonly kind: 'case' | 'blanks' | 'unicode' | 'spelling';
}

/** Names longer than this are compared for equality after folding, not by distance. */
const LONGEST = 128;
/** As many findings are kept. Later names get no hint, since nobody would see it. */
const MOST_SEARCHES = 20;
/** Characters compared in one search: some thousand names of usual length. A wrong name in a wider table gets no hint beyond them. */
const MOST_WORK = 2_000_000;

/** The names that are known somewhere, and which of them a wrong one is near to. The work is bounded, however many there are. */
export class NearNames {
  readonly #names: ReadonlySet<string>;
  readonly #show: (name: string) => string;
  readonly #found = new Map<string, NearMiss | null>();

  constructor(names: Iterable<string>, show: (name: string) => string = String) {
    this.#names = names instanceof Set ? names : new Set(names);
    this.#show = show;
  }

  /** The first of them, for messages. */
  get listed(): string {
    return listed(this.#names, this.#show);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  near(name: string): NearMiss | null {
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    if (this.#found.size === MOST_SEARCHES) return null;
    const found = nearMiss(name, this.#names);
    this.#found.set(name, found);
    return found;
  }
}

/** At most twenty names, and how many more there are. */
function listed(names: ReadonlySet<string>, show: (name: string) => string): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length === 20) return `${shown.join(', ')} and ${names.size - 20} more`;
    shown.push(show(name));
  }
  return shown.join(', ');
}

function nearMiss(name: string, candidates: Iterable<string>): NearMiss | null {
  if (name.length > 10 * LONGEST) return null;
  const form = name.normalize('NFC');
  const trimmed = form.trim();
  const folded = trimmed.toLowerCase();
  let best: NearMiss | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  let work = 0;
  for (const candidate of candidates) {
    if (candidate === name || candidate.length > 10 * LONGEST) continue;
    work += candidate.length + 1;
    if (work > MOST_WORK) break;
    const other = candidate.normalize('NFC');
    let kind: NearMiss['kind'] | null = null;
    let cost = 0;
    if (other === form) kind = 'unicode';
    else if (other.trim() === trimmed) [kind, cost] = ['blanks', 0.1];
    else if (other.trim().toLowerCase() === folded) [kind, cost] = ['case', 0.2];
    else if (other.length <= LONGEST && folded.length <= LONGEST) {
      // Separators are typed in many ways: `sepal_length` for `sepal length`.
      const longest = Math.max(other.length, folded.length);
      const allowed = Math.min(Math.max(1, Math.floor(longest / 3)), bestCost);
      if (Math.abs(other.length - folded.length) > allowed) continue;
      work += other.length * folded.length;
      const distance = editDistance(folded, other.trim().toLowerCase(), allowed);
      if (distance <= allowed && distance < longest) [kind, cost] = ['spelling', distance];
    }
    if (kind !== null && cost < bestCost) {
      best = { name: candidate, kind };
      bestCost = cost;
    }
  }
  return best;
}

/** `: did you mean 'x'?` with the difference if it is hard to see, or nothing. */
export function suggestionText(name: string, miss: NearMiss | null): string {
  if (miss === null) return '';
  const shown = miss.name.length > 60 ? `${miss.name.slice(0, 60)}…` : miss.name;
  if (miss.kind === 'unicode') return `: it differs from '${shown}' only by Unicode normalisation`;
  if (miss.kind === 'case') return `: did you mean '${shown}'? Names are case-sensitive`;
  if (miss.kind === 'blanks') return `: did you mean '${shown}'? It differs from '${name.slice(0, 60)}' only by blanks`;
  return `: did you mean '${shown}'?`;
}
