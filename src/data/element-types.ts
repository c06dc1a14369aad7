// The one table of element types: what ONNX, onnxruntime and numpy call each, and how a column of a table holds its values.
import type { Column } from './table.js';

type Kind = 'float' | 'int' | 'uint' | 'bool' | 'text';

export interface ElementType {
  /** TensorProto.DataType. */
  readonly number: number;
  /** onnxruntime's name. numpy uses the same names, but for text (`elementOfDtype`). */
  readonly name: string;
  /** Of one element; 0 if it has no fixed size. */
  readonly bits: number;
  /** Null: such elements are neither fed nor read here. */
  readonly runs: Runs | null;
}

interface Runs {
  readonly kind: Kind;
  /** The column that holds one value a row; several values a row make an object column of nested lists. */
  readonly column: Extract<Column['type'], 'double' | 'float' | 'long' | 'integer' | 'boolean' | 'string' | 'object'>;
  /** That column holds these elements and no others, so MLflow's scalar type of the same name means them. */
  readonly exact: boolean;
  /** The numpy dtype of a signature. */
  readonly dtype: string;
  /** What onnxruntime takes and answers. Halves are their bits. */
  readonly array: TensorArray;
}

export type TensorArray =
  | Float64ArrayConstructor
  | Float32ArrayConstructor
  | BigInt64ArrayConstructor
  | BigUint64ArrayConstructor
  | Int32ArrayConstructor
  | Uint32ArrayConstructor
  | Int16ArrayConstructor
  | Uint16ArrayConstructor
  | Int8ArrayConstructor
  | Uint8ArrayConstructor
  | ArrayConstructor;

const runs = (
  number: number,
  name: string,
  bits: number,
  kind: Kind,
  column: Runs['column'],
  array: TensorArray,
  { exact = false, dtype = name }: { exact?: boolean; dtype?: string } = {},
): ElementType => ({ number, name, bits, runs: { kind, column, exact, dtype, array } });

const other = (number: number, name: string, bits: number): ElementType => ({ number, name, bits, runs: null });

const TYPES: readonly ElementType[] = [
  runs(1, 'float32', 32, 'float', 'float', Float32Array, { exact: true }),
  runs(2, 'uint8', 8, 'uint', 'integer', Uint8Array),
  runs(3, 'int8', 8, 'int', 'integer', Int8Array),
  runs(4, 'uint16', 16, 'uint', 'integer', Uint16Array),
  runs(5, 'int16', 16, 'int', 'integer', Int16Array),
  runs(6, 'int32', 32, 'int', 'integer', Int32Array, { exact: true }),
  runs(7, 'int64', 64, 'int', 'long', BigInt64Array, { exact: true }),
  runs(8, 'string', 0, 'text', 'string', Array, { exact: true, dtype: 'str' }),
  runs(9, 'bool', 8, 'bool', 'boolean', Uint8Array, { exact: true }),
  runs(10, 'float16', 16, 'float', 'float', Uint16Array),
  runs(11, 'float64', 64, 'float', 'double', Float64Array, { exact: true }),
  runs(12, 'uint32', 32, 'uint', 'long', Uint32Array),
  // Half of its values do not fit into a long.
  runs(13, 'uint64', 64, 'uint', 'object', BigUint64Array),
  other(14, 'complex64', 64),
  other(15, 'complex128', 128),
  other(16, 'bfloat16', 16),
  other(17, 'float8e4m3fn', 8),
  other(18, 'float8e4m3fnuz', 8),
  other(19, 'float8e5m2', 8),
  other(20, 'float8e5m2fnuz', 8),
  other(21, 'uint4', 4),
  other(22, 'int4', 4),
  other(23, 'float4e2m1', 4),
  other(24, 'float8e8m0', 8),
  other(25, 'uint2', 2),
  other(26, 'int2', 2),
];

const BY_KEY = new Map<number | string, ElementType>(
  TYPES.flatMap((type) => [[type.number, type] as const, [type.name, type] as const]),
);

const BY_DTYPE = new Map<string, ElementType>([
  ...TYPES.flatMap((type) => (type.runs ? [[type.runs.dtype, type] as const] : [])),
  // What MLflow infers for an array of Python texts.
  ['object', BY_KEY.get('string')!],
]);

const BY_COLUMN = new Map<string, ElementType>(
  TYPES.flatMap((type) => (type.runs?.exact ? [[type.runs.column, type] as const] : [])),
);

const numberOf = (name: string): number => BY_KEY.get(name)!.number;

/** The numbers of the types that mlctl writes, under their names in onnx.proto. */
export const DATA_TYPE = {
  FLOAT: numberOf('float32'),
  INT32: numberOf('int32'),
  INT64: numberOf('int64'),
  STRING: numberOf('string'),
  BOOL: numberOf('bool'),
  DOUBLE: numberOf('float64'),
};

/** By TensorProto.DataType, or by onnxruntime's name. */
export const elementType = (key: number | string | undefined): ElementType | undefined => BY_KEY.get(key ?? 0);

/** By the dtype of a signature; undefined if no tensor of ONNX has it. */
export const elementOfDtype = (dtype: string): ElementType | undefined => BY_DTYPE.get(dtype);

/** What a column of this type, or a column of a signature with this scalar type, holds. */
export const elementOfColumn = (type: string): ElementType | undefined => BY_COLUMN.get(type);
