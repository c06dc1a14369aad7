// Turns what a pickle left behind into a value that is safe to walk: bounded in depth and in size, each key of a dict once.
import type { ReadLimits } from '../limits.js';
import { hostile } from '../refuse.js';
import type { Saved, SavedDict, SavedList } from '../saved.js';
import { KeyTokens } from './key-tokens.js';
import { plainKey } from './plain-key.js';

type Holder = Exclude<Saved, null | boolean | number | bigint | string | Uint8Array>;

interface Step {
  readonly value: Holder;
  readonly children: readonly Saved[];
  /** Where the last object stands on the path to here, this one included; -1 if there is none. */
  readonly lastObject: number;
  next: number;
  size: number;
}

const WHERE = 'the pickle';

/**
 * Shared values count as often as they are reached, because a reader that walks the value meets them that often. An object may
 * hold itself, because nodes that are linked both ways are honest; what may not is for its reader to say.
 */
export function settle(root: Saved, limits: ReadLimits): void {
  const path: Step[] = [];
  /** A value that is still on the path has no size yet, so -1 less its place stands for it. */
  const sizes = new Map<Holder, number>();
  const tokens = new KeyTokens();
  const sizeOrEnter = (value: Saved): number => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 1;
    const known = sizes.get(value);
    const above = path.at(-1)?.lastObject ?? -1;
    if (known !== undefined && known < 0 && above < -1 - known)
      throw hostile(WHERE, `a ${value.type} that holds itself`, 'values that end');
    if (known !== undefined) return Math.max(known, 1);
    if (path.length >= limits.depth) throw hostile(WHERE, 'objects inside objects', `at most ${limits.depth} levels`);
    if (value.type === 'dict') eachKeyOnce(value, tokens);
    if (value.type === 'set') eachItemOnce(value, tokens);
    sizes.set(value, -1 - path.length);
    const lastObject = value.type === 'object' ? path.length : above;
    path.push({ value, children: childrenOf(value), lastObject, next: 0, size: 1 });
    return 0;
  };
  sizeOrEnter(root);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const depth = path.length;
    while (step.next < step.children.length && path.length === depth)
      step.size += sizeOrEnter(step.children[step.next++] as Saved);
    if (path.length > depth) continue;
    if (step.size > limits.values)
      throw hostile(WHERE, 'values that hold the same values again and again', `at most ${limits.values} in all`);
    sizes.set(step.value, step.size);
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) above.size += step.size;
  }
}

function childrenOf(value: Holder): readonly Saved[] {
  switch (value.type) {
    case 'dict':
      return value.entries.flat();
    case 'object':
      return [...value.args, value.state];
    case 'array':
      return value.dtype.kind === 'O' ? (value.values as readonly Saved[]) : [];
    case 'name':
      return [];
    default:
      return value.items;
  }
}

/** Of a key that comes twice, the place is the first one's and the value is the last one's, as in Python. */
function eachKeyOnce({ entries }: SavedDict, tokens: KeyTokens): void {
  const places = new Map<string, number>();
  let kept = 0;
  for (const [written, value] of entries) {
    const key = plainKey(written);
    const token = tokens.of(key);
    const place = places.get(token);
    if (place === undefined) {
      places.set(token, kept);
      entries[kept] = [key, value];
      kept += 1;
    } else (entries[place] as [Saved, Saved])[1] = value;
  }
  entries.length = kept;
}

function eachItemOnce({ items }: SavedList, tokens: KeyTokens): void {
  const seen = new Set<string>();
  let kept = 0;
  for (const item of items) {
    const token = tokens.of(item);
    if (seen.has(token)) continue;
    seen.add(token);
    items[kept] = item;
    kept += 1;
  }
  items.length = kept;
}
