// Turns columns of categories into 0/1 columns named `<column>_<category>` (sklearn.preprocessing.OneHotEncoder, sparse_output=False).
import { MlctlError } from '../../errors/error.js';
import type { Dtype, Fitted } from '../fitted.js';
import type { Frame, FrameColumn, NumberColumn } from '../frame.js';

export interface OneHotEncoder extends Fitted<'OneHotEncoder'> {
  /** [features][categories]: sorted as scikit-learn sorts (numbers by value, text by code point). */
  readonly categories_: readonly (readonly (string | number)[])[];
  readonly handle_unknown: 'error' | 'ignore';
  /** [features]: the place of the dropped category, null for none; null: nothing is dropped at all. */
  readonly drop_idx_: readonly (number | null)[] | null;
}

export function transformOneHotEncoder(encoder: OneHotEncoder, frame: Frame): Frame {
  const columns = frame.columns.flatMap((column, j) => encode(encoder, j, column, frame.rows));
  return { rows: frame.rows, columns };
}

/** The places of the categories that become columns: all but the dropped one. */
export function keptCategories(encoder: OneHotEncoder, index: number): number[] {
  const drop = encoder.drop_idx_?.[index] ?? null;
  return encoder.categories_[index]!.map((_, place) => place).filter((place) => place !== drop);
}

function encode(encoder: OneHotEncoder, index: number, column: FrameColumn, rows: number): FrameColumn[] {
  const categories = encoder.categories_[index]!;
  const made = keptCategories(encoder, index).map((place): NumberColumn => {
    return { kind: 'number', name: `${column.name}_${categories[place]}`, values: zeros(rows, encoder.dtype) };
  });
  // −1 for the dropped category, else the place of its column
  const columnOf = new Map<string | number, number>(categories.map((category) => [category, -1]));
  keptCategories(encoder, index).forEach((place, at) => {
    columnOf.set(categories[place]!, at);
  });
  for (let i = 0; i < rows; i++) {
    const missing = column.kind === 'text' ? column.nulls?.[i] === 1 : Number.isNaN(column.values[i]);
    if (missing) throw missingCategory('one_hot_encoder', column.name, i);
    const to = columnOf.get(column.values[i]!);
    if (to === undefined) {
      if (encoder.handle_unknown === 'error') throw unknownCategory(categories, column.name, i, column.values[i]!);
    } else if (to >= 0) made[to]!.values[i] = 1;
  }
  return made;
}

const zeros = (rows: number, dtype: Dtype) => (dtype === 'float32' ? new Float32Array(rows) : new Float64Array(rows));

export function missingCategory(step: string, column: string, row: number): MlctlError {
  return new MlctlError('DATA_INVALID', `${step}: column "${column}" has a missing value in row ${row}`, {
    hint: `put simple_imputer (strategy most_frequent or constant) over "${column}" in front of ${step}`,
    details: { column, row },
  });
}

function unknownCategory(
  known: readonly (string | number)[],
  column: string,
  row: number,
  value: string | number,
): MlctlError {
  const some = known
    .slice(0, 5)
    .map((category) => JSON.stringify(category))
    .join(', ');
  const found = JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value);
  return new MlctlError(
    'DATA_INVALID',
    `one_hot_encoder: column "${column}", row ${row}: found ${found}, which was not among the ${known.length} categories of the training data (${some}${known.length > 5 ? ', …' : ''})`,
    {
      hint: 'correct the value, or train with one_hot_encoder: { handle_unknown: ignore }',
      details: { column, row, found: value },
    },
  );
}
