// Turns a number of rows and a seed into the rows of scikit-learn's train_test_split: ShuffleSplit, or StratifiedShuffleSplit by
// class.
import { MlctlError } from '../errors/error.js';
import { plural } from '../text/numbers.js';
import { MT19937 } from './mt19937.js';

interface SplitOptions {
  /** A share of the rows in (0, 1), or a whole number of rows. */
  readonly testSize: number;
  readonly randomState: number;
}

/** Row numbers, in the order in which scikit-learn gives them. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export function shuffleSplit(rows: number, options: SplitOptions): Split {
  const sizes = splitSizes(rows, options.testSize);
  const order = new MT19937(options.randomState).permutation(rows);
  return { test: order.slice(0, sizes.test), train: order.slice(sizes.test, sizes.test + sizes.train) };
}

/** `target[i]` is the class of row i, 0 … classes − 1; `names` are for messages. */
export function stratifiedShuffleSplit(target: Int32Array, names: readonly string[], options: SplitOptions): Split {
  const classes = names.length;
  const sizes = splitSizes(target.length, options.testSize);
  const rowsOf = rowsByClass(target, classes);
  const counts = rowsOf.map((rows) => rows.length);
  const lonely = names.filter((_, k) => counts[k]! < 2);
  if (lonely.length > 0)
    throw refused(
      `the least populated classes have only one row: ${lonely
        .slice(0, 10)
        .map((name) => JSON.stringify(name))
        .join(', ')}; each class needs at least two`,
      {
        hint: 'add rows of these classes, leave them out, or set split.stratify: false',
      },
    );
  for (const [part, size] of Object.entries(sizes))
    if (size < classes)
      throw refused(
        `the ${part} part would have ${plural(size, 'row')} for ${classes} classes; it needs at least one row of each`,
        {
          hint: 'change split.test_size, or set split.stratify: false',
        },
      );

  const random = new MT19937(options.randomState);
  const trainCounts = approximateMode(counts, sizes.train, random);
  const left = counts.map((count, k) => count - trainCounts[k]!);
  const testCounts = approximateMode(left, sizes.test, random);
  const train = new Int32Array(sizes.train);
  const test = new Int32Array(sizes.test);
  let trained = 0;
  let tested = 0;
  for (let k = 0; k < classes; k++) {
    const rows = rowsOf[k]!;
    const order = random.permutation(rows.length);
    const take = trainCounts[k]!;
    for (let i = 0; i < take; i++) train[trained++] = rows[order[i]!]!;
    for (let i = take; i < take + testCounts[k]!; i++) test[tested++] = rows[order[i]!]!;
  }
  random.shuffle(train);
  random.shuffle(test);
  return { train, test };
}

function splitSizes(rows: number, testSize: number): { train: number; test: number } {
  const share = testSize < 1;
  const test = share ? Math.ceil(testSize * rows) : testSize;
  if (!(testSize > 0) || (!share && (!Number.isInteger(testSize) || testSize >= rows)))
    throw refused(`test_size is ${testSize}, but the data has ${rows} rows`, {
      hint: 'set split.test_size to a share between 0 and 1, or to a number of rows smaller than the data',
    });
  if (rows - test <= 0)
    throw refused(`test_size ${testSize} of ${rows} rows leaves none to train on`, {
      hint: 'lower split.test_size or add rows',
    });
  return { train: rows - test, test };
}

function rowsByClass(target: Int32Array, classes: number): Int32Array[] {
  const counts = new Int32Array(classes);
  for (const k of target) counts[k]!++;
  const rows = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let i = 0; i < target.length; i++) {
    const k = target[i]!;
    rows[k]![counts[k]!++] = i;
  }
  return rows;
}

/**
 * How many of `draws` each class gets: the shares rounded down, then one more for the largest remainders, with ties drawn at
 * random (sklearn.utils.extmath._approximate_mode; the random numbers must be drawn even if all of a tie get one).
 */
function approximateMode(counts: readonly number[], draws: number, random: MT19937): number[] {
  const sum = counts.reduce((a, b) => a + b, 0);
  const exact = counts.map((count) => (count / sum) * draws);
  const taken = exact.map(Math.floor);
  let missing = draws - taken.reduce((a, b) => a + b, 0);
  if (missing <= 0) return taken;
  const remainders = exact.map((share, k) => share - taken[k]!);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    const tied = remainders.flatMap((remainder, k) => (remainder === value ? [k] : []));
    const order = random.permutation(tied.length);
    const now = Math.min(tied.length, missing);
    for (let i = 0; i < now; i++) taken[tied[order[i]!]!]!++;
    missing -= now;
    if (missing === 0) break;
  }
  return taken;
}

function refused(message: string, facts: { hint: string }): MlctlError {
  return new MlctlError('DATA_INVALID', `cannot split the data: ${message}`, facts);
}
