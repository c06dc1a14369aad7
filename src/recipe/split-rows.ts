// Turns a recipe's split and the target into the rows to train on and the rows to test on.
import { type Split, shuffleSplit, stratifiedShuffleSplit } from '../training/split.js';
import type { Target } from '../training/target.js';
import type { Recipe } from './recipe-types.js';

export function splitRows(split: Recipe['split'], target: Target, rows: number): Split {
  const options = { testSize: split.test_size, randomState: split.random_state };
  if (!split.stratify || target.role !== 'classifier') return shuffleSplit(rows, options);
  return stratifiedShuffleSplit(
    target.codes,
    Array.from<bigint | string, string>(target.classes.values, String),
    options,
  );
}
