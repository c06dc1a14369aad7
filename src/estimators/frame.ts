// Turns a table into the columns an estimator computes with: numbers with NaN for missing, text with its missing marks. Names
// matter only here. Inside, a column is known by its position, and its name is a label for people.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { RowError } from '../errors/row-error.js';
import { cellsOf } from './cells.js';
import { type Dtype, type Fitted, featureCount } from './fitted.js';
import { MissingValuesError } from './missing-values-error.js';
import { stepName } from './step-name.js';
import { TextColumnsError } from './text-columns-error.js';
import { WidthError } from './width-error.js';

export type Numbers = Float64Array | Float32Array;

export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Numbers;
}

interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly string[];
  readonly nulls?: Uint8Array;
  /** The records or lists that the texts are the JSON of, for a hasher or a DictVectorizer. */
  readonly records?: readonly unknown[];
}

export type FrameColumn = NumberColumn | TextColumn;

/** A sparse matrix in rows (scipy's CSR): row i has the entries `indptr[i]` to `indptr[i + 1]`. */
export interface Csr {
  readonly width: number;
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Numbers;
}

export interface Frame {
  readonly rows: number;
  readonly columns: readonly FrameColumn[];
  /** The same numbers, row-major, where a step has made a matrix; then ask for `widthOf` and `matrixOf`, because columns are
   * made when they are asked for. */
  readonly dense?: { readonly width: number; readonly values: Numbers };
  /** The same numbers, where a step has made a sparse matrix, whose columns may be very many. */
  readonly sparse?: Csr;
}

export function widthOf(frame: Frame): number {
  return (frame.dense ?? frame.sparse)?.width ?? frame.columns.length;
}

/** The columns that the estimator takes, in its order: by name if it knows names, else by position. */
export function frameOf(table: Table, estimator: Pick<Fitted<string>, 'featuresIn' | 'dtype' | 'kind'>): Frame {
  const { featuresIn, dtype } = estimator;
  if ('names' in featuresIn) {
    const byName = new Map(table.columns.map((column) => [column.name, column]));
    const columns = featuresIn.names.map((name) => {
      const column = byName.get(name);
      if (column) return frameColumn(column, dtype);
      throw new MlctlError('DATA_INVALID', `the data has no column "${name}", which the pipeline needs`);
    });
    return { rows: table.rows, columns };
  }
  if (table.columns.length !== featuresIn.count)
    throw new MlctlError(
      'DATA_INVALID',
      `the data has ${table.columns.length} columns; the pipeline takes ${featuresIn.count}, by position`,
    );
  return { rows: table.rows, columns: table.columns.map((column) => frameColumn(column, dtype)) };
}

export function frameColumn(column: Column, dtype: Dtype): FrameColumn {
  const { name, nulls } = column;
  switch (column.type) {
    case 'string':
      return nulls
        ? { kind: 'text', name, values: column.values, nulls }
        : { kind: 'text', name, values: column.values };
    case 'double':
      if (!nulls && dtype === 'float64') return { kind: 'number', name, values: column.values };
      return { kind: 'number', name, values: numbersOf(column.values, dtype, nulls) };
    case 'float':
    case 'integer':
    case 'boolean':
      return { kind: 'number', name, values: numbersOf(column.values, dtype, nulls) };
    case 'long':
      return { kind: 'number', name, values: numbersOf(Float64Array.from(column.values, Number), dtype, nulls) };
    default:
      throw new MlctlError('DATA_INVALID', `column "${name}" holds ${column.type} values, which no step takes`);
  }
}

function numbersOf(values: ArrayLike<number>, dtype: Dtype, nulls: Uint8Array | undefined): Numbers {
  const made = dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  if (nulls) for (let i = 0; i < made.length; i++) if (nulls[i]) made[i] = Number.NaN;
  return made;
}

/** The columns at these positions, in that order. */
export function pick(frame: Frame, places: readonly number[]): Frame {
  return { rows: frame.rows, columns: places.map((place) => frame.columns[place]!) };
}

/** Some rows of a frame; numbers are not copied. */
export function sliceFrame({ rows, columns }: Frame, from: number, to: number): Frame {
  const end = Math.min(to, rows);
  return {
    rows: end - from,
    columns: columns.map((column) => {
      if (column.kind === 'number') return { ...column, values: column.values.subarray(from, end) };
      const { nulls } = column;
      return { ...column, values: column.values.slice(from, end), ...(nulls && { nulls: nulls.subarray(from, end) }) };
    }),
  };
}

/** A frame with as many columns as the estimator was fitted on, or an error. */
export function expectWidth(frame: Frame, estimator: Fitted<string>): void {
  const expected = featureCount(estimator);
  const found = widthOf(frame);
  if (found !== expected) throw new WidthError(stepName(estimator.kind), found, expected);
}

const isNumber = (column: FrameColumn): column is NumberColumn => column.kind === 'number';

/** All columns as numbers of one precision; text is refused in the words of `step`. */
export function numericColumns(frame: Frame, step: string): NumberColumn[] {
  if (frame.columns.every(isNumber)) return inOnePrecision(frame.columns);
  const texts = frame.columns.filter((column) => !isNumber(column));
  throw new TextColumnsError(
    step,
    texts.map(({ name }) => name),
  );
}

/** numpy keeps a table of numbers in one type: float32 beside float64 becomes float64. */
export function inOnePrecision<C extends FrameColumn>(columns: readonly C[]): C[] {
  const doubles = columns.some((column) => column.kind === 'number' && column.values instanceof Float64Array);
  if (!doubles) return [...columns];
  return columns.map((column) =>
    column.kind === 'number' && column.values instanceof Float32Array
      ? { ...column, values: Float64Array.from(column.values) }
      : column,
  );
}

/**
 * Turns a frame of numbers into one row-major matrix, rows × columns, which nobody writes to. Infinities are refused, as in
 * scikit-learn, and NaN is refused unless the step takes missing values. `any`: infinities are taken too.
 * `allocate` makes the memory of a matrix that has to be made.
 */
export function matrixOf(
  frame: Frame,
  step: string,
  missing: Missing = 'refused',
  allocate = (length: number): Float64Array => new Float64Array(length),
): Float64Array {
  const made = frame.dense?.values;
  if (made && allFinite(made, missing)) return made instanceof Float64Array ? made : Float64Array.from(made);
  if (frame.sparse && allFinite(frame.sparse.data, missing)) return filledFrom(frame.sparse, frame.rows, step);
  const columns = numericColumns(frame, step);
  const width = columns.length;
  const matrix = allocate(cellsOf(frame.rows, width, step));
  // blocks of rows keep both sides of the transposition in the processor's cache
  for (let from = 0; from < frame.rows; from += 512) {
    const to = Math.min(from + 512, frame.rows);
    for (let j = 0; j < width; j++) {
      const { values } = columns[j]!;
      for (let i = from, at = from * width + j; i < to; i++, at += width) {
        const value = values[i]!;
        if (isRefused(value, missing)) throw notFinite(step, columns, j, i);
        matrix[at] = value;
      }
    }
  }
  return matrix;
}

/** The numbers of a sparse matrix, row-major; entries at one place are added up. */
export function filledFrom({ width, indptr, indices, data }: Csr, rows: number, step: string): Float64Array {
  const matrix = new Float64Array(cellsOf(rows, width, step));
  for (let i = 0; i < rows; i++)
    for (let at = indptr[i]!; at < indptr[i + 1]!; at++) matrix[i * width + indices[at]!]! += data[at]!;
  return matrix;
}

/** What a step takes beside finite numbers: nothing, NaN, or NaN and infinities. */
export type Missing = 'refused' | 'allowed' | 'any';

/** Only NaN and infinities leave something when they are taken from themselves. */
const isRefused = (value: number, missing: Missing): boolean =>
  value - value !== 0 && (missing === 'refused' || (missing === 'allowed' && !Number.isNaN(value)));

/** Whether every value can be computed with. */
export function allFinite(values: Numbers, missing: Missing): boolean {
  // one sum tells quickly that all are finite, as most are
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += values[i]! - values[i]!;
  return rest === 0 || !values.some((value) => isRefused(value, missing));
}

/** Refuses columns that hold what the step does not take. */
export function refuseNotFinite(columns: readonly NumberColumn[], step: string, missing: Missing): void {
  for (const [j, { values }] of columns.entries())
    if (!allFinite(values, missing))
      throw notFinite(
        step,
        columns,
        j,
        values.findIndex((value) => isRefused(value, missing)),
      );
}

function notFinite(step: string, columns: readonly NumberColumn[], at: number, row: number): MlctlError {
  const { name, values } = columns[at]!;
  if (Number.isNaN(values[row])) {
    const missing = columns.filter((column) => column.values.some(Number.isNaN));
    return new MissingValuesError(
      step,
      missing.map((column) => column.name),
      name,
      row,
    );
  }
  return new RowError('DATA_INVALID', (where) => `${step}: column "${name}" holds infinity in ${where}`, row, {
    hint: 'remove the infinity from the data: no step takes it',
    details: { column: name },
  });
}
