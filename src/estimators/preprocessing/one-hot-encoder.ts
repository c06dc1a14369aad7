// Turns columns of categories into 0/1 columns named `<column>_<category>` (sklearn.preprocessing.OneHotEncoder).
import type { Dtype, Fitted } from '../fitted.js';
import type { Frame, NumberColumn } from '../frame.js';
import { frameOfCsr } from '../frame-of-matrix.js';
import { missingCategory, refuseInfinities, unknownCategory } from './category-errors.js';
import { type Categories, categoryPlaces, UNKNOWN } from './category-places.js';

const STEP = 'one_hot_encoder';

export interface OneHotEncoder extends Fitted<'OneHotEncoder'> {
  /** [features][categories]: sorted as scikit-learn sorts (numbers by value, text by code point). */
  readonly categories_: readonly Categories[];
  readonly handle_unknown: 'error' | 'ignore' | 'infrequent_if_exist' | 'warn';
  /** [features]: the position of the dropped category, after rare ones are grouped, null for none; null: nothing is dropped at all. */
  readonly drop_idx_: readonly (number | null)[] | null;
  /** [features][categories]: the group of each category, the last of which is for the rare ones; null if there is none. */
  readonly default_to_infrequent_mappings?: readonly (Int32Array | null)[];
  /** True: what it makes is a sparse matrix. */
  readonly sparse_output?: boolean;
}

/** What becomes of the categories of one column. */
interface OneHotColumns {
  /** Where the 1 of each category stands; NOWHERE for the dropped one. */
  readonly columnOf: Int32Array;
  /** The same for an unknown value; null if it is refused. */
  readonly unknown: number | null;
  /** The category of each made column. */
  readonly names: readonly string[];
}

export const NOWHERE = -1;

export function oneHotColumns(encoder: OneHotEncoder, index: number): OneHotColumns {
  const categories = encoder.categories_[index]!;
  const groups = encoder.default_to_infrequent_mappings?.[index] ?? null;
  const drop = encoder.drop_idx_?.[index] ?? null;
  const columnOfGroup = (group: number): number => {
    if (drop === null || group < drop) return group;
    return group === drop ? NOWHERE : group - 1;
  };
  const columnOf = Int32Array.from(categories, (_, place) => columnOfGroup(groups ? groups[place]! : place));
  const names: string[] = [];
  categories.forEach((category, place) => {
    if (columnOf[place]! >= 0) names[columnOf[place]!] = String(category);
  });
  const { handle_unknown } = encoder;
  if (!groups) return { columnOf, names, unknown: handle_unknown === 'error' ? null : NOWHERE };
  const rare = columnOfGroup(groups.reduce((a, b) => Math.max(a, b), 0));
  if (rare >= 0) names[rare] = 'infrequent_sklearn';
  if (handle_unknown === 'error') return { columnOf, names, unknown: null };
  return { columnOf, names, unknown: handle_unknown === 'ignore' ? NOWHERE : rare };
}

export function transformOneHotEncoder(encoder: OneHotEncoder, frame: Frame): Frame {
  refuseInfinities(frame, STEP);
  const made = frame.columns.map((_, j) => oneHotColumns(encoder, j));
  const ones = frame.columns.map((_, j) => onesOf(encoder, made[j]!, frame, j));
  if (encoder.sparse_output) return sparseFrame(ones, made, frame.rows, encoder.dtype);
  const columns = ones.flatMap((places, j) => {
    const own = made[j]!.names.map((category): NumberColumn => {
      return {
        kind: 'number',
        name: `${frame.columns[j]!.name}_${category}`,
        values: zeros(frame.rows, encoder.dtype),
      };
    });
    places.forEach((place, row) => {
      if (place >= 0) own[place]!.values[row] = 1;
    });
    return own;
  });
  return { rows: frame.rows, columns };
}

/** Where the 1 of each row stands among the columns that a column becomes. */
function onesOf(encoder: OneHotEncoder, { columnOf, unknown }: OneHotColumns, frame: Frame, index: number): Int32Array {
  const column = frame.columns[index]!;
  const categories = encoder.categories_[index]!;
  return categoryPlaces(column, categories).map((place, row) => {
    if (place >= 0) return columnOf[place]!;
    if (unknown !== null) return unknown;
    throw place === UNKNOWN
      ? unknownCategory(STEP, categories, column.name, row, column.values[row]!, 'handle_unknown: ignore')
      : missingCategory(STEP, frame, index, row, encoder.categories_);
  });
}

function sparseFrame(ones: readonly Int32Array[], made: readonly OneHotColumns[], rows: number, dtype: Dtype): Frame {
  const starts: number[] = [];
  const width = made.reduce((left, { names }) => {
    starts.push(left);
    return left + names.length;
  }, 0);
  const count = ones.reduce((sum, places) => sum + places.reduce((own, place) => own + Number(place >= 0), 0), 0);
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(count);
  let to = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < ones.length; j++) if (ones[j]![i]! >= 0) indices[to++] = starts[j]! + ones[j]![i]!;
    indptr[i + 1] = to;
  }
  const data = zeros(count, dtype).fill(1);
  return frameOfCsr(rows, { width, indptr, indices, data });
}

const zeros = (count: number, dtype: Dtype) =>
  dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
