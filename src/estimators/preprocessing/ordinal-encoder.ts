// Turns columns of categories into their positions among the known ones (sklearn.preprocessing.OrdinalEncoder).
import type { Fitted } from '../fitted.js';
import type { Frame, FrameColumn } from '../frame.js';
import { missingCategory, refuseInfinities, unknownCategory } from './category-errors.js';
import { type Categories, categoryPlaces, MISSING } from './category-places.js';

const STEP = 'ordinal_encoder';

export interface OrdinalEncoder extends Fitted<'OrdinalEncoder'> {
  /** [features][categories]: given, or sorted as scikit-learn sorts (numbers by value, text by code point). */
  readonly categories_: readonly Categories[];
  readonly handle_unknown: 'error' | 'use_encoded_value';
  /** What an unknown category becomes; null if it is an error. */
  readonly unknown_value: number | null;
  /** What a missing value becomes if training saw one. */
  readonly encoded_missing_value: number;
  /** [features][categories but the missing one]: what each is written as where rare ones share a number; null if none is rare. */
  readonly default_to_infrequent_mappings?: readonly (Int32Array | null)[];
}

export function transformOrdinalEncoder(encoder: OrdinalEncoder, frame: Frame): Frame {
  refuseInfinities(frame, STEP);
  const columns = frame.columns.map((column, j): FrameColumn => {
    const values = encode(encoder, j, frame);
    const { name } = column;
    return { kind: 'number', name, values: encoder.dtype === 'float32' ? Float32Array.from(values) : values };
  });
  return { rows: frame.rows, columns };
}

/** The number that each category of a column is written as, in their order. */
export function encodedCategories(encoder: OrdinalEncoder, index: number): number[] {
  const groups = encoder.default_to_infrequent_mappings?.[index] ?? null;
  return encoder.categories_[index]!.map((category, place) =>
    Number.isNaN(category) ? encoder.encoded_missing_value : groups ? groups[place]! : place,
  );
}

function encode(encoder: OrdinalEncoder, index: number, frame: Frame): Float64Array {
  const categories = encoder.categories_[index]!;
  const column = frame.columns[index]!;
  const numbers = encodedCategories(encoder, index);
  return Float64Array.from(categoryPlaces(column, categories), (place, row) => {
    if (place >= 0) return numbers[place]!;
    if (encoder.unknown_value !== null) return encoder.unknown_value;
    throw place === MISSING
      ? missingCategory(STEP, frame, index, row, encoder.categories_)
      : unknownCategory(
          STEP,
          categories,
          column.name,
          row,
          column.values[row]!,
          'handle_unknown: use_encoded_value, unknown_value: -1',
        );
  });
}
