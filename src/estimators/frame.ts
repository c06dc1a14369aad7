// A table to the columns a pipeline computes with: numbers as float64 with NaN for missing, text with its missing marks.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { FeatureColumn } from './types.js';

export type FrameColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly values: readonly string[]; readonly nulls?: Uint8Array };

export interface Frame {
  readonly rows: number;
  readonly columns: readonly FrameColumn[];
}

/** The columns a pipeline asks for, in its order; what it does not ask for is left out. */
export function frameOf(table: Table, inputs: readonly FeatureColumn[]): Frame {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const columns = inputs.map((input) => {
    const column = byName.get(input.name);
    if (!column)
      throw new MlctlError('DATA_INVALID', `the data has no column "${input.name}", which the pipeline takes`);
    const wanted = input.type === 'string' ? 'text' : 'number';
    const made = frameColumn(column);
    if (made.kind !== wanted)
      throw new MlctlError(
        'DATA_INVALID',
        `column "${input.name}" holds ${column.type} values; the pipeline takes ${input.type}`,
      );
    return made;
  });
  return { rows: table.rows, columns };
}

function frameColumn(column: Column): FrameColumn {
  const { name, nulls } = column;
  switch (column.type) {
    case 'string':
      return nulls
        ? { kind: 'text', name, values: column.values, nulls }
        : { kind: 'text', name, values: column.values };
    case 'double':
      return {
        kind: 'number',
        name,
        values: nulls ? withMissing(Float64Array.from(column.values), nulls) : column.values,
      };
    case 'float':
    case 'integer':
    case 'boolean':
      return { kind: 'number', name, values: withMissing(Float64Array.from(column.values), nulls) };
    case 'long':
      return { kind: 'number', name, values: withMissing(Float64Array.from(column.values, Number), nulls) };
    default:
      throw new MlctlError('DATA_INVALID', `column "${name}" holds ${column.type} values, which no step takes`);
  }
}

function withMissing(values: Float64Array, nulls: Uint8Array | undefined): Float64Array {
  if (nulls) for (let i = 0; i < values.length; i++) if (nulls[i]) values[i] = Number.NaN;
  return values;
}

/** The numeric columns `names` of a frame, in that order; text among them is refused in the words of `step`. */
export function numericColumns(frame: Frame, names: readonly string[], step: string): Float64Array[] {
  return columnsNamed(frame, names, step).map((column) => {
    if (column.kind === 'number') return column.values;
    throw new MlctlError('DATA_INVALID', `${step}: column "${column.name}" is text, and the step takes numbers`, {
      hint: 'encode it with one_hot_encoder first, or limit the step with `columns`',
    });
  });
}

export function columnsNamed(frame: Frame, names: readonly string[], step: string): FrameColumn[] {
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  return names.map((name) => {
    const column = byName.get(name);
    if (column) return column;
    throw new MlctlError('DATA_INVALID', `${step}: there is no column "${name}" at this step`, {
      details: { columns: [...byName.keys()] },
    });
  });
}

/** The made columns in front, then every column that the step does not name, as ColumnTransformer(remainder='passthrough') has it. */
export function withRemainder(frame: Frame, taken: readonly string[], made: readonly FrameColumn[]): Frame {
  const names = new Set(taken);
  return { rows: frame.rows, columns: [...made, ...frame.columns.filter((column) => !names.has(column.name))] };
}

/** A frame of numbers to one row-major matrix, rows × columns. NaN and infinities are refused, as scikit-learn does. */
export function matrixOf(frame: Frame, names: readonly string[], step: string): Float64Array {
  const columns = numericColumns(frame, names, step);
  const width = columns.length;
  const matrix = new Float64Array(frame.rows * width);
  // blocks of rows keep both sides of the transposition in the processor's cache
  for (let from = 0; from < frame.rows; from += 512) {
    const to = Math.min(from + 512, frame.rows);
    for (let j = 0; j < width; j++) {
      const values = columns[j]!;
      for (let i = from, at = from * width + j; i < to; i++, at += width) {
        const value = values[i]!;
        // only NaN and infinities differ from themselves or leave something after subtraction
        if (value - value !== 0) throw notFinite(step, names[j]!, i, value);
        matrix[at] = value;
      }
    }
  }
  return matrix;
}

function notFinite(step: string, column: string, row: number, value: number): MlctlError {
  const missing = Number.isNaN(value);
  return new MlctlError(
    'DATA_INVALID',
    `${step}: column "${column}" ${missing ? 'has a missing value' : 'holds infinity'} in row ${row}`,
    {
      hint: missing ? 'put simple_imputer in front of the step' : 'clean the data: no step takes infinities',
      details: { column, row },
    },
  );
}
