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

/** Numbers of double and float outputs to `tolerance` relative; everything else exactly. */
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
    expected.forEach((want, row) => {
      const got = found.predictions[name]?.[row];
      if (type === 'double' || type === 'float') {
        const [a, b] = [WORDS.get(want) ?? want, WORDS.get(got) ?? got];
        const apart =
          typeof a === 'number' && typeof b === 'number'
            ? relativeDifference(a, b)
            : a === b
              ? 0
              : Number.POSITIVE_INFINITY;
        if (Number.isFinite(apart)) largest = Math.max(largest, apart);
        if (!(apart <= tolerance)) differ({ output, row, expected: want, found: got });
      } else if (JSON.stringify(want) !== JSON.stringify(got)) differ({ output, row, expected: want, found: got });
    });
  }
  return { differences, total, largest };
}
