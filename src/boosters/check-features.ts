// Checks the features of a table against those that a model was trained with.
import type { Feature } from './feature-table.js';
import { quoted } from './feature-table.js';
import { refuseRows } from './refuse.js';

/** XGBoost and LightGBM want just as many. */
export function checkCount(found: number, expected: number): void {
  if (found !== expected) throw refuseRows(`they have ${found} features, expected ${expected}`);
}

/** XGBoost wants the columns in the order of the training. A tensor has no names to compare. */
export function checkNames(features: readonly Feature[], expected: readonly (string | null)[]): void {
  for (const [i, { name }] of features.entries()) {
    const wanted = expected[i] ?? null;
    if (name === null || wanted === null || name === wanted) continue;
    throw refuseRows(`column ${i} is ${quoted(name)}, expected ${quoted(wanted)}`);
  }
}
