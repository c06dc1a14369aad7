// Turns the answers of two models to the same rows into the outputs that are not the same.
import type { Table } from '../data/table.js';
import type { OutputDifferenceDocument } from '../documents/diff.js';
import { goldenOf } from '../model/golden.js';

/** Outputs are matched by name, and the only one of each model by its place. Both tables have the same number of rows. */
export function compareAnswers(a: Table, b: Table): OutputDifferenceDocument[] {
  const [one, other] = [goldenOf(a).predictions, goldenOf(b).predictions];
  const [names, others] = [Object.keys(one), Object.keys(other)];
  if (names.length === 1 && others.length === 1) return compareOutput(names[0]!, one[names[0]!]!, other[others[0]!]!);
  return [...new Set([...names, ...others])].flatMap((name) => {
    const [was, is] = [one[name], other[name]];
    if (was === undefined || is === undefined) return [{ name, different: a.rows, largest: null, first: null }];
    return compareOutput(name, was, is);
  });
}

function compareOutput(name: string, a: readonly unknown[], b: readonly unknown[]): OutputDifferenceDocument[] {
  let first: OutputDifferenceDocument['first'] = null;
  let different = 0;
  let largest: number | null = null;
  for (const [row, was] of a.entries()) {
    const is = b[row];
    if (was === is || JSON.stringify(was) === JSON.stringify(is)) continue;
    different++;
    first ??= { row, a: was, b: is };
    if (typeof was === 'number' && typeof is === 'number') largest = Math.max(largest ?? 0, Math.abs(was - is));
  }
  return different === 0 ? [] : [{ name, different, largest, first }];
}
