// A frame to one where each category of some columns has become a 0/1 column.
import { MlctlError } from '../errors/error.js';
import { columnsNamed, type Frame, type FrameColumn, withRemainder } from './frame.js';
import { encodedColumns } from './output-columns.js';
import type { OneHotEncoder } from './types.js';

export function transformOneHotEncoder(encoder: OneHotEncoder, frame: Frame): Frame {
  const made = columnsNamed(frame, encoder.columns, encoder.kind).flatMap((column, j) =>
    encode(encoder, j, column, frame.rows),
  );
  return withRemainder(frame, encoder.columns, made);
}

function encode(encoder: OneHotEncoder, index: number, column: FrameColumn, rows: number): FrameColumn[] {
  const drop = encoder.dropIndex[index]!;
  const names = encodedColumns(encoder, index);
  const made = names.map((name) => ({ kind: 'number', name, values: new Float64Array(rows) }) as const);
  // −1 for the dropped category, else the place of its column
  const place = new Map<string | number, number>();
  for (const category of encoder.categories[index]!) {
    const at: number = place.size;
    place.set(category, drop < 0 ? at : at === drop ? -1 : at > drop ? at - 1 : at);
  }
  for (let i = 0; i < rows; i++) {
    const missing = column.kind === 'text' ? column.nulls?.[i] === 1 : Number.isNaN(column.values[i]);
    if (missing) throw missingValue(column.name, i);
    const to = place.get(column.values[i]!);
    if (to === undefined) {
      if (encoder.handleUnknown === 'error') throw unknownCategory(encoder, index, i, column.values[i]!);
    } else if (to >= 0) made[to]!.values[i] = 1;
  }
  return made;
}

export function missingValue(column: string, row: number): MlctlError {
  return new MlctlError('DATA_INVALID', `one_hot_encoder: column "${column}" has a missing value in row ${row}`, {
    hint: `put simple_imputer (strategy most_frequent or constant) over "${column}" in front of one_hot_encoder`,
    details: { column, row },
  });
}

function unknownCategory(encoder: OneHotEncoder, index: number, row: number, value: string | number): MlctlError {
  const column = encoder.columns[index]!;
  const known = encoder.categories[index]!;
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
