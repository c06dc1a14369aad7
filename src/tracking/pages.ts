// Turns the pages of a search, one after another, into one list: the only place that follows page tokens, and it always ends.
import { createHash } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import type { Page } from './store.js';

interface PageLimits {
  /** Items of an unbounded list. */
  readonly items: number;
  readonly pages: number;
  /** Pages in a row without an item: some servers filter after they have cut the pages, but not forever. */
  readonly emptyPages: number;
  /** Characters of a page token: some hold the ids of all experiments that were asked for. */
  readonly token: number;
  /** Of all answers together, if the store says how large they were. */
  readonly bytes: number;
}

export const PAGE_LIMITS: PageLimits = {
  items: 100_000,
  pages: 1000,
  emptyPages: 50,
  token: 1_000_000,
  bytes: 256 * 1024 * 1024,
};

/** How many items a page is asked for. */
export const PAGE_SIZES = {
  /**
   * MLflow's own client asks for this many, and every server allows it; such a page stays far below the size limit of an answer.
   */
  usual: 1000,
  /** The most logged models that a server gives at once. */
  loggedModels: 100,
  /** For runs, if one of the newest is wanted. */
  newestRuns: 100,
} as const;

/** `pageToken` is absent for the first page. */
type AskPage<T> = (pageToken: string | undefined, have: number) => Promise<Page<T>>;

/**
 * The first `max` items, and whether there are more. `what` is asked for ("runs"), for messages. Throws REMOTE_LIMIT if the
 * answers repeat, do not end, or bring no items.
 */
export async function firstOf<T>(
  what: string,
  max: number,
  ask: AskPage<T>,
  limits: PageLimits = PAGE_LIMITS,
): Promise<{ items: readonly T[]; more: boolean }> {
  const endless = (how: string): MlctlError =>
    new MlctlError('REMOTE_LIMIT', `the list of ${what} does not end: ${how}`, {
      hint: 'narrow it (--experiment, --max), or ask who runs the server',
    });
  const items: T[] = [];
  // Digests are kept and not the tokens, because a server's tokens may be large.
  const seen = new Set<string>();
  let bytes = 0;
  let empty = 0;
  for (let pageToken: string | undefined; ; ) {
    const page = await ask(pageToken, items.length);
    for (const item of page.items) {
      if (items.length >= max) return { items, more: true };
      items.push(item);
    }
    const next = page.nextPageToken;
    if (items.length >= max || next === null) return { items, more: next !== null };
    bytes += page.bytes ?? 0;
    empty = page.items.length === 0 ? empty + 1 : 0;
    if (next.length > limits.token) throw endless(`a page token of ${next.length} characters`);
    const digest = createHash('sha256').update(next).digest('base64');
    if (seen.has(digest)) throw endless('a page token came twice');
    seen.add(digest);
    if (seen.size >= limits.pages) throw endless(`more than ${limits.pages} pages`);
    if (empty >= limits.emptyPages) throw endless(`${empty} pages in a row without an entry`);
    if (bytes > limits.bytes) throw endless(`more than ${limits.bytes} bytes`);
    pageToken = next;
  }
}

/** Every item. Throws REMOTE_LIMIT if there are too many: a part must not pass for the whole. */
export async function allOf<T>(what: string, ask: AskPage<T>, limits: PageLimits = PAGE_LIMITS): Promise<readonly T[]> {
  const { items, more } = await firstOf(what, limits.items, ask, limits);
  if (!more) return items;
  throw new MlctlError('REMOTE_LIMIT', `there are more than ${limits.items} ${what}, the most that mlctl lists`, {
    hint: 'narrow it (--experiment, --max), or ask who runs the server',
  });
}
