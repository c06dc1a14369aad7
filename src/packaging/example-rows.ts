// Turns held-out rows into the input example: the first rows, and one of every class, so that the recorded predictions cover them
// all.
import type { Table } from '../data/table.js';
import { takeRows } from '../data/take-rows.js';
import type { Trained } from '../recipe/train-recipe.js';

const ROWS = 10;
/** With more classes than this the example would have too many rows. */
const MOST_ROWS = 100;

/** For a classifier, the first row of every true class and of every predicted class. */
export function exampleRows({
  evaluation,
  testInputs,
  testTarget,
  testAnswer,
}: Pick<Trained, 'testInputs' | 'testTarget' | 'testAnswer'> & {
  readonly evaluation: Pick<Trained['evaluation'], 'role'>;
}): Table {
  const chosen = new Set<number>();
  const labels = evaluation.role === 'classifier' ? [testTarget, ...testAnswer.columns] : [];
  for (const { values } of labels.filter(({ type }) => type === 'long' || type === 'string')) {
    const seen = new Set<unknown>();
    for (let row = 0; row < values.length && chosen.size < MOST_ROWS; row++) {
      if (seen.has(values[row])) continue;
      seen.add(values[row]);
      chosen.add(row);
    }
  }
  for (let row = 0; row < testInputs.rows && chosen.size < ROWS; row++) chosen.add(row);
  return takeRows(testInputs, Int32Array.from(chosen).sort());
}
