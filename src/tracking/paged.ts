// Turns a paged search into as many items as were asked for, and whether there are more; or into all of them.
import { allOf, firstOf, PAGE_SIZES } from './pages.js';
import type { Page } from './store.js';

type Ask<T> = (request: { maxResults: number; pageToken?: string }) => Promise<Page<T>>;

const request = (maxResults: number, pageToken: string | undefined) => ({
  maxResults,
  ...(pageToken === undefined ? {} : { pageToken }),
});

export function paged<T>(what: string, max: number, ask: Ask<T>): Promise<{ items: readonly T[]; more: boolean }> {
  return firstOf(what, max, (token, have) => ask(request(Math.min(PAGE_SIZES.usual, max - have), token)));
}

export function pagedAll<T>(what: string, ask: Ask<T>): Promise<readonly T[]> {
  return allOf(what, (token) => ask(request(PAGE_SIZES.usual, token)));
}
