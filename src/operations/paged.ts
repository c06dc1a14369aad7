// As many items of a paged search as were asked for, and whether there are more.
import type { Page } from '../tracking/store.js';

export async function paged<T>(
  max: number,
  ask: (request: { maxResults: number; pageToken?: string }) => Promise<Page<T>>,
): Promise<{ items: readonly T[]; more: boolean }> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let pageToken: string | undefined; ; ) {
    const page = await ask({
      maxResults: Math.min(1000, max - items.length),
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    items.push(...page.items);
    if (items.length >= max)
      return { items: items.slice(0, max), more: items.length > max || page.nextPageToken !== null };
    // A token seen before would go round for ever.
    if (page.nextPageToken === null || seen.has(page.nextPageToken)) return { items, more: false };
    pageToken = page.nextPageToken;
    seen.add(pageToken);
  }
}
