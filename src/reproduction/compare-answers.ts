// Turns recorded predictions and those that come out now into a verdict and differences.
import type { Table } from '../data/table.js';
import { compareWithGolden } from '../model/compare-with-golden.js';
import { GOLDEN_TOLERANCE } from '../model/golden-tolerance.js';
import type { GoldenPredictions } from '../model/types.js';
import { plural } from '../text/numbers.js';
import { printable } from '../text/printable.js';
import type { ReproductionDifference } from './types.js';

const shown = (value: unknown): number | string =>
  typeof value === 'number' ? value : printable(JSON.stringify(value) ?? 'nothing', 80);

/** `of`: which rows. The recorded predictions cannot raise the tolerance. */
export function compareAnswers(answer: Table, recorded: GoldenPredictions, of: string): ReproductionDifference[] {
  const { differences, total } = compareWithGolden(answer, recorded, Math.min(recorded.tolerance, GOLDEN_TOLERANCE));
  const [first] = differences;
  if (first === undefined) return [];
  const where = first.row === null ? `output "${first.output}"` : `output "${first.output}", row ${first.row}`;
  return [
    {
      what: 'predictions',
      name: of,
      expected: shown(first.expected),
      actual: shown(first.found),
      matters: true,
      message: `${plural(total, 'prediction differs', 'predictions differ')} for the ${of}; the first: ${where}`,
    },
  ];
}

/** `isSame` says which difference of two values counts. */
export function compareMetrics(
  logged: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
  isSame: (logged: number, now: number) => boolean,
): ReproductionDifference[] {
  return [...now].flatMap(([name, value]) => {
    const expected = logged.get(name);
    if (expected !== undefined && isSame(expected, value)) return [];
    const message =
      expected === undefined
        ? `the run has no metric ${printable(name, 80)}`
        : `the metric ${printable(name, 80)} was logged as ${expected}, and is ${value}`;
    const number = (one: number | undefined) => (one === undefined ? null : Number.isFinite(one) ? one : String(one));
    return [
      { what: 'metrics' as const, name, expected: number(expected), actual: number(value), matters: true, message },
    ];
  });
}

/** A store keeps the largest number for an infinity. */
const stored = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** Bit by bit. */
export function isSameMetric(logged: number, now: number): boolean {
  const [before, after] = [stored(logged), stored(now)];
  return before === after || (Number.isNaN(before) && Number.isNaN(after));
}
