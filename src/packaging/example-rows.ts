// Turns held-out rows into the input example: the first rows, and one of every class, so that the recorded predictions cover them
// all.
import { concatTables } from '../data/concat-tables.js';
import type { Table } from '../data/table.js';
import { takeRows } from '../data/take-rows.js';
import type { Trained } from '../recipe/train-recipe.js';

const ROWS = 10;
/** With more classes than this the example would have too many rows. */
const MOST_ROWS = 100;

type Needed = Pick<Trained, 'testInputs' | 'testTarget' | 'testAnswer' | 'inputTable' | 'split' | 'target'>;

/** For a classifier, the first row of every true class and of every predicted class; a class without test rows has a training row. */
export function exampleRows(trained: Needed): Table {
  const { testInputs, testTarget, testAnswer, target } = trained;
  const chosen = new Set<number>();
  const labels = target.role === 'classifier' ? [testTarget, ...testAnswer.columns] : [];
  for (const { values } of labels.filter(({ type }) => type === 'long' || type === 'string')) {
    const seen = new Set<unknown>();
    for (let row = 0; row < values.length && chosen.size < MOST_ROWS; row++) {
      if (seen.has(values[row])) continue;
      seen.add(values[row]);
      chosen.add(row);
    }
  }
  const others = untested(trained).slice(0, MOST_ROWS - chosen.size);
  for (let row = 0; row < testInputs.rows && chosen.size + others.length < ROWS; row++) chosen.add(row);
  const example = takeRows(testInputs, Int32Array.from(chosen).sort());
  return others.length === 0 ? example : concatTables([example, takeRows(trained.inputTable, Int32Array.from(others))]);
}

/** The first training row of each class that no test row has. */
function untested({ target, split }: Needed): number[] {
  if (target.role !== 'classifier') return [];
  const seen = new Set(Array.from(split.test, (row) => target.codes[row]));
  const rows: number[] = [];
  for (const row of split.train) {
    const code = target.codes[row];
    if (seen.has(code)) continue;
    seen.add(code);
    rows.push(row);
  }
  return rows;
}
