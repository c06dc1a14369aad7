// Turns columns of categories into 0/1 columns named `<column>_<category>` (sklearn.preprocessing.OneHotEncoder, sparse_output=False).
import type { Dtype, Fitted } from '../fitted.js';
import type { Frame, FrameColumn, NumberColumn } from '../frame.js';
import { missingCategory, unknownCategory } from './category-errors.js';
import { type Categories, categoryPlaces, MISSING, UNKNOWN } from './category-places.js';

const STEP = 'one_hot_encoder';

export interface OneHotEncoder extends Fitted<'OneHotEncoder'> {
  /** [features][categories]: sorted as scikit-learn sorts (numbers by value, text by code point). */
  readonly categories_: readonly Categories[];
  readonly handle_unknown: 'error' | 'ignore';
  /** [features]: the position of the dropped category, null for none; null: nothing is dropped at all. */
  readonly drop_idx_: readonly (number | null)[] | null;
}

export function transformOneHotEncoder(encoder: OneHotEncoder, frame: Frame): Frame {
  const columns = frame.columns.flatMap((column, j) => encode(encoder, j, column, frame));
  return { rows: frame.rows, columns };
}

/** The positions of the categories that become columns: all but the dropped one. */
export function keptCategories(encoder: OneHotEncoder, index: number): number[] {
  const drop = encoder.drop_idx_?.[index] ?? null;
  return encoder.categories_[index]!.map((_, place) => place).filter((place) => place !== drop);
}

function encode(encoder: OneHotEncoder, index: number, column: FrameColumn, frame: Frame): FrameColumn[] {
  const categories = encoder.categories_[index]!;
  const made = keptCategories(encoder, index).map((place): NumberColumn => {
    return { kind: 'number', name: `${column.name}_${categories[place]}`, values: zeros(frame.rows, encoder.dtype) };
  });
  // null for the dropped category, else the column that it becomes
  const columnOf: (NumberColumn | null)[] = categories.map(() => null);
  keptCategories(encoder, index).forEach((place, at) => {
    columnOf[place] = made[at]!;
  });
  categoryPlaces(column, categories).forEach((place, row) => {
    if (place === MISSING) throw missingCategory(STEP, frame, index, row, encoder.categories_);
    if (place !== UNKNOWN) {
      const to = columnOf[place];
      if (to) to.values[row] = 1;
    } else if (encoder.handle_unknown === 'error')
      throw unknownCategory(STEP, categories, column.name, row, column.values[row]!, 'handle_unknown: ignore');
  });
  return made;
}

const zeros = (rows: number, dtype: Dtype) => (dtype === 'float32' ? new Float32Array(rows) : new Float64Array(rows));
