// Turns an answer and the recorded one into the places where they differ.
import type { Table } from '../data/table.js';
import { printable } from '../text/printable.js';
import { goldenOf } from './golden.js';
import { relativeDifference } from './relative-difference.js';
import type { GoldenPredictions } from './types.js';

const MOST_SHOWN = 20;
const WORDS = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

interface Difference {
  readonly output: string;
  readonly row: number | null;
  readonly expected: unknown;
  readonly found: unknown;
}

interface Comparison {
  readonly differences: readonly Difference[];
  readonly total: number;
  /** The largest relative difference of two numbers, within or beyond the tolerance. */
  readonly largest: number;
}

/** Numbers of double, float and nested outputs to `tolerance` relative; integers and everything else exactly. */
export function compareWithGolden(answer: Table, golden: GoldenPredictions, tolerance: number): Comparison {
  const found = goldenOf(answer);
  const differences: Difference[] = [];
  let [total, largest] = [0, 0];
  const differ = (difference: Difference) => {
    total++;
    if (differences.length < MOST_SHOWN) differences.push(difference);
  };
  const answered = new Set(answer.columns.map(({ name }) => name));
  for (const [name, values] of Object.entries(golden.predictions)) {
    if (!answered.has(name))
      differ({ output: printable(name, 120), row: null, expected: `${values.length} values`, found: 'no such output' });
  }
  for (const { name, type } of answer.columns) {
    const output = printable(name, 120);
    const expected = golden.predictions[name];
    if (expected === undefined || expected.length !== answer.rows) {
      differ({
        output,
        row: null,
        expected: expected === undefined ? 'no such output' : `${expected.length} rows`,
        found: `${answer.rows} rows`,
      });
      continue;
    }
    const inexact = type === 'double' || type === 'float' || type === 'object';
    expected.forEach((want, row) => {
      const got = found.predictions[name]?.[row];
      const apart = inexact ? distance(want, got) : isSame(want, got) ? 0 : Number.POSITIVE_INFINITY;
      if (Number.isFinite(apart)) largest = Math.max(largest, apart);
      if (!(apart <= tolerance)) differ({ output, row, expected: want, found: got });
    });
  }
  return { differences, total, largest };
}

const isSame = (want: unknown, got: unknown): boolean => JSON.stringify(want) === JSON.stringify(got);

/** The largest relative difference of two numbers in the same place; infinite if anything else differs. */
function distance(want: unknown, got: unknown): number {
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length)
    return want.reduce<number>((most, item, i) => Math.max(most, distance(item, got[i])), 0);
  if (isRecord(want) && isRecord(got)) {
    const keys = Object.keys(want);
    return isSame(keys, Object.keys(got))
      ? keys.reduce((most, key) => Math.max(most, distance(want[key], got[key])), 0)
      : Number.POSITIVE_INFINITY;
  }
  const [a, b] = [WORDS.get(want) ?? want, WORDS.get(got) ?? got];
  if (typeof a !== 'number' || typeof b !== 'number') return isSame(a, b) ? 0 : Number.POSITIVE_INFINITY;
  // Nested values do not say whether they are integers, which have no rounding.
  return isWhole(a) && isWhole(b) && a !== b ? Number.POSITIVE_INFINITY : relativeDifference(a, b);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 32;
