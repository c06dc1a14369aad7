// Turns the port's values into parts of MLflow's JSON bodies, and the answer of a search into a page.
import { MlctlError } from '../../errors/error.js';
import type { JsonMap } from '../../http/json.js';
import { PAGE_SIZES } from '../pages.js';
import type { Page, SearchRequest } from '../store.js';
import { sizeOf } from './call.js';
import { list } from './read.js';

export const pairsOf = (entries: ReadonlyMap<string, string>) => [...entries].map(([key, value]) => ({ key, value }));

function pageSize(asked: number | undefined, most: number): number {
  if (asked === undefined) return PAGE_SIZES.usual;
  if (!Number.isInteger(asked) || asked < 1)
    throw new MlctlError('SEARCH_INVALID', `a page of ${asked} results was asked for; 1 to ${most} are possible`);
  return Math.min(asked, most);
}

export function searchBody(request: SearchRequest | undefined, most: number): Record<string, unknown> {
  return {
    max_results: pageSize(request?.maxResults, most),
    ...(request?.filter ? { filter: request.filter } : {}),
    ...(request?.orderBy?.length ? { order_by: request.orderBy } : {}),
    ...(request?.pageToken ? { page_token: request.pageToken } : {}),
  };
}

export function page<T>(json: JsonMap, key: string, read: (item: JsonMap) => T): Page<T> {
  const token = json['next_page_token'];
  return {
    items: list(json[key], key).map(read),
    nextPageToken: typeof token === 'string' && token !== '' ? token : null,
    bytes: sizeOf(json),
  };
}
