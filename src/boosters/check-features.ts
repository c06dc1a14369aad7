// Checks the features of a table against those that a model was trained with.
import type { Feature } from './feature-table.js';
import { quoted } from './feature-table.js';
import { refuseRows } from './refuse.js';

/** XGBoost and LightGBM want just as many, CatBoost at least as many as it uses. */
export function checkCount(found: number, expected: number, atLeast = false): void {
  if (atLeast ? found >= expected : found === expected) return;
  throw refuseRows(`they have ${found} features, expected ${atLeast ? 'at least ' : ''}${expected}`);
}

/** XGBoost and CatBoost want the columns in the order of the training. A tensor has no names to compare. */
export function checkNames(features: readonly Feature[], expected: readonly (string | null)[]): void {
  for (const [i, { name }] of features.entries()) {
    const wanted = expected[i] ?? null;
    if (name === null || wanted === null || name === wanted) continue;
    throw refuseRows(`column ${i} is ${quoted(name)}, expected ${quoted(wanted)}`);
  }
}
