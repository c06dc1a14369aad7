// Turns two plain values into the parts that are not the same, each with the path that leads to it.
import type { PartChangeDocument } from '../documents/diff.js';
import { shortNumber } from '../text/numbers.js';
import { printable } from '../text/printable.js';

const MOST_LISTED = 200;
const MOST_DEPTH = 200;
const MOST_TEXT = 200;

interface Found {
  readonly changes: PartChangeDocument[];
  total: number;
}

export function compareParts(a: unknown, b: unknown): Found {
  const found: Found = { changes: [], total: 0 };
  compare('', a, b, found, 0);
  return found;
}

function compare(path: string, a: unknown, b: unknown, found: Found, depth: number): void {
  if (Object.is(a, b) || a === b) return;
  const deeper = depth < MOST_DEPTH;
  if (isNumbers(a) && isNumbers(b) && a.length === b.length) {
    const numbers = differencesOf(a, b);
    if (numbers.different > 0) add(found, path, a, b, numbers);
  } else if (deeper && isList(a) && isList(b) && a.length === b.length) {
    for (const [at, item] of a.entries()) compare(`${path}[${at}]`, item, b[at], found, depth + 1);
  } else if (deeper && isRecord(a) && isRecord(b)) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
      compare(path === '' ? name : `${path}.${name}`, own(a, name), own(b, name), found, depth + 1);
  } else add(found, path, a, b);
}

/** Lists of the same length. */
function differencesOf(a: ArrayLike<Numeric>, b: ArrayLike<Numeric>): NonNullable<PartChangeDocument['numbers']> {
  let [different, largest] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    if (Object.is(a[at], b[at]) || a[at] === b[at]) continue;
    different++;
    const apart = Math.abs(Number(a[at]) - Number(b[at]));
    largest = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(largest, apart);
  }
  return { different, count: a.length, largest: Number.isFinite(largest) ? largest : null };
}

function add(found: Found, path: string, a: unknown, b: unknown, numbers: PartChangeDocument['numbers'] = null): void {
  found.total++;
  if (found.changes.length < MOST_LISTED)
    found.changes.push({ name: printable(path || 'the whole model', MOST_TEXT), a: textOf(a), b: textOf(b), numbers });
}

type Numeric = number | bigint;

const own = (record: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const isNumeric = (value: unknown): value is Numeric => typeof value === 'number' || typeof value === 'bigint';

const isTyped = (value: unknown): value is ArrayLike<Numeric> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isNumbers = (value: unknown): value is ArrayLike<Numeric> =>
  isTyped(value) || (isList(value) && value.length > 0 && value.every(isNumeric));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isTyped(value) && !isList(value);

/** Null if this side does not have the part. */
function textOf(value: unknown): string | null {
  if (value === undefined) return null;
  if (isNumbers(value)) {
    const some = Array.from({ length: Math.min(value.length, 3) }, (_, at) => numberText(value[at]!));
    return `[${some.join(', ')}${value.length > 3 ? `, …] (${value.length} numbers)` : ']'}`;
  }
  if (isList(value)) return `${value.length} items`;
  if (isRecord(value)) {
    const kind = own(value, 'kind') ?? own(value, 'op');
    return typeof kind === 'string' ? printable(kind, MOST_TEXT) : `${Object.keys(value).length} parts`;
  }
  return typeof value === 'number' ? numberText(value) : printable(String(value), MOST_TEXT);
}

const numberText = (value: Numeric): string => (typeof value === 'number' ? shortNumber(value) : String(value));
