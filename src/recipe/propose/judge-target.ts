// Turns the target column into what a recipe says of it: a classifier or a regressor, how to split, and the words about it.
import type { Column, Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';
import { classLimit } from '../../training/class-limit.js';
import type { Split } from '../../training/split.js';
import { readTarget, type Target, takeTarget } from '../../training/target.js';
import type { Recipe } from '../recipe-types.js';
import { printed } from '../recipe-yaml.js';
import { splitRows } from '../split-rows.js';

/** More different whole numbers than this are taken for a quantity. */
const MOST_NUMBER_CLASSES = 20;
const MOST_SHOWN = 5;

export interface TargetVerdict {
  readonly role: Target['role'];
  readonly words: string;
  /** Numbers may be classes or quantities. */
  readonly numbers: boolean;
  readonly split: Recipe['split'];
  /** Why the split is not stratified, if it could be. */
  readonly unstratified: string | null;
  readonly rows: Split;
  /** Only if there are more classes than mlctl takes without being told. */
  readonly maxClasses: number | null;
}

/** Throws what `train` throws for a target that it cannot learn. */
export function judgeTarget(table: Table, name: string): TargetVerdict {
  const column = table.columns.find((one) => one.name === name);
  const role = roleOf(column);
  const numbers = isNumeric(column);
  const target = readTarget(table, { target: name, max_classes: Number.MAX_SAFE_INTEGER }, role, () => {});
  const split = { test_size: 0.2, random_state: 42 };
  if (target.role === 'regressor')
    return {
      role,
      numbers,
      words: quantityWords(target.values),
      split: { ...split, stratify: false },
      unstratified: null,
      rows: splitRows({ ...split, stratify: false }, target, table.rows),
      maxClasses: null,
    };
  const classes = target.classes.values.length;
  const stratified = tryStratified(split, target, table.rows);
  const rows =
    typeof stratified === 'string' ? splitRows({ ...split, stratify: false }, target, table.rows) : stratified;
  const learned = takeTarget(target, rows.train) as typeof target;
  if (learned.classes.values.length < 2)
    throw new MlctlError(
      'DATA_INVALID',
      `the rows to train on have only the class ${JSON.stringify(String(learned.classes.values[0]))} of the target ${JSON.stringify(name)}`,
      { hint: 'choose another target with --target, or add rows of other classes' },
    );
  const unstratified = typeof stratified === 'string' ? stratified : null;
  return {
    role,
    numbers,
    words: classWords(target),
    split: { ...split, stratify: unstratified === null },
    unstratified,
    rows,
    maxClasses: classes > classLimit(table.rows) ? classes : null,
  };
}

const isNumeric = (column: Column | undefined): boolean =>
  column !== undefined && ['double', 'float', 'long', 'integer'].includes(column.type);

function roleOf(column: Column | undefined): Target['role'] {
  if (column?.type === 'double' || column?.type === 'float') return 'regressor';
  if (column?.type !== 'long' && column?.type !== 'integer') return 'classifier';
  return new Set<unknown>(column.values).size > MOST_NUMBER_CLASSES ? 'regressor' : 'classifier';
}

/** The split, or why there is none. */
function tryStratified(split: Omit<Recipe['split'], 'stratify'>, target: Target, rows: number): Split | string {
  try {
    return splitRows({ ...split, stratify: true }, target, rows);
  } catch (error) {
    if (error instanceof MlctlError) return error.message.replace(/^cannot split the data: /, '');
    throw error;
  }
}

function classWords({ classes, codes }: Extract<Target, { role: 'classifier' }>): string {
  const counts = new Uint32Array(classes.values.length);
  for (const k of codes) counts[k]!++;
  const shown = Array.from<bigint | string, string>(
    classes.values.slice(0, MOST_SHOWN),
    (label, k) => `${printed(String(label))} (${counts[k]} rows)`,
  );
  const more = counts.length > MOST_SHOWN ? ', …' : '';
  return `${counts.length} classes: ${shown.join(', ')}${more}`;
}

function quantityWords(values: Float64Array): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return `a quantity from ${low} to ${high}`;
}
