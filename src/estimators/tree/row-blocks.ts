// Turns a frame into blocks of rows, row-major, as trees walk them: few enough to stay in the processor's cache.
import { cellsOf } from '../cells.js';
import { type Frame, numericColumns, widthOf } from '../frame.js';
import { MissingValuesError } from '../missing-values-error.js';
import { tooGreat } from './tree-columns.js';

export interface RowBlock {
  /** The first row of the block. */
  readonly from: number;
  readonly rows: number;
  readonly width: number;
  /** Row-major; there is room up to a multiple of four rows. The next block overwrites it. */
  readonly values: Float64Array;
  /** Whether a value is NaN. */
  readonly missing: boolean;
}

export interface BlockRules {
  /** The name for errors. */
  readonly step: string;
  /** Rounded to float32, to which scikit-learn's trees cast X. */
  readonly float32: boolean;
  /** What is taken beside finite numbers: nothing, NaN, or NaN and infinities. */
  readonly missing: 'refused' | 'allowed' | 'any';
}

/** Rows that walk through one tree after the other: few enough to stay in the processor's cache beside the tree. */
export const GROUP_ROWS = 8192;
const MOST_VALUES = 2 ** 19;

/** Room for the values of a block. */
function roomFor(frame: Frame): Float64Array {
  const width = widthOf(frame);
  const most = Math.max(4, Math.min(GROUP_ROWS, MOST_VALUES / Math.max(width, 1), frame.rows + 3) & ~3);
  return new Float64Array(cellsOf(most, width, 'a tree'));
}

/** `values` has room for four rows or more; a block has as many rows as it has room for. */
export function* rowBlocks(frame: Frame, rules: BlockRules, values = roomFor(frame)): Generator<RowBlock> {
  const width = widthOf(frame);
  const most = width === 0 ? frame.rows : Math.floor(values.length / width) & ~3;
  const fill = filler(frame, rules.step);
  for (let from = 0; from < frame.rows; from += most) {
    const rows = Math.min(most, frame.rows - from);
    fill(values, from, rows);
    const count = rows * width;
    if (rules.float32) for (let at = 0; at < count; at++) values[at] = Math.fround(values[at]!);
    // only NaN and infinities leave something when they are taken from themselves
    let odd = false;
    for (let at = 0; at < count; at++) if (values[at]! - values[at]! !== 0) odd = true;
    const missing = odd && check(frame, rules, values, from, count);
    yield { from, rows, width, values, missing };
  }
}

type Fill = (to: Float64Array, from: number, rows: number) => void;

function filler(frame: Frame, step: string): Fill {
  const { dense, sparse } = frame;
  if (dense) return (to, from, rows) => to.set(dense.values.subarray(from * dense.width, (from + rows) * dense.width));
  if (sparse) {
    const { width, indptr, indices, data } = sparse;
    return (to, from, rows) => {
      to.fill(0);
      for (let i = 0; i < rows; i++)
        for (let at = indptr[from + i]!; at < indptr[from + i + 1]!; at++) to[i * width + indices[at]!]! += data[at]!;
    };
  }
  const columns = numericColumns(frame, step).map(({ values }) => values);
  const width = columns.length;
  return (to, from, rows) => {
    columns.forEach((column, j) => {
      for (let i = 0, at = j; i < rows; i++, at += width) to[at] = column[from + i]!;
    });
  };
}

/** Whether a value is NaN; throws if a value is not taken. */
function check(frame: Frame, rules: BlockRules, values: Float64Array, from: number, count: number): boolean {
  const isTaken = (value: number) => rules.missing === 'any' || (rules.missing === 'allowed' && Number.isNaN(value));
  let missing = false;
  for (let at = 0; at < count; at++) {
    const value = values[at]!;
    if (value - value === 0) continue;
    if (!isTaken(value)) refuse(frame, rules.step, from, at);
    missing ||= Number.isNaN(value);
  }
  return missing;
}

function refuse(frame: Frame, step: string, from: number, at: number): never {
  const width = widthOf(frame);
  const row = from + Math.floor(at / width);
  const columns = numericColumns(frame, step);
  const column = columns[at % width]!;
  if (!Number.isNaN(column.values[row])) throw tooGreat(step, column, row);
  const missing = columns.filter(({ values }) => values.some(Number.isNaN));
  throw new MissingValuesError(
    step,
    missing.map(({ name }) => name),
    column.name,
    row,
  );
}
