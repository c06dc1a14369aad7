// MLflow's model signature as plain values: what MLmodel's `signature:` says, parsed.
import type { JsonValue } from '../data/json-types.js';

/** The eight scalar types of MLflow's `DataType`. `integer` is int32, `long` int64, `float` float32, `double` float64. */
export type ScalarName = 'boolean' | 'integer' | 'long' | 'float' | 'double' | 'string' | 'binary' | 'datetime';

/** The type of a column of a signature: a scalar, or values that hold others. */
export type ColumnType =
  | { readonly kind: 'scalar'; readonly scalar: ScalarName }
  | { readonly kind: 'array'; readonly items: ColumnType }
  | { readonly kind: 'object'; readonly properties: readonly Property[] }
  | { readonly kind: 'map'; readonly values: ColumnType }
  | { readonly kind: 'any' }
  | { readonly kind: 'sparkml_vector' };

export interface Property {
  readonly name: string;
  readonly type: ColumnType;
  readonly required: boolean;
  /** As in ColumnSpec. */
  readonly rawRequired?: JsonValue;
}

/** A column that a signature names. */
export interface ColumnSpec {
  /** Undefined in a schema of unnamed columns. */
  readonly name: string | undefined;
  readonly type: ColumnType;
  readonly required: boolean;
  /** False if a complex type's JSON left `required` out (MLflow then takes it as optional). Absent means true. */
  readonly requiredStated?: boolean;
  /** The JSON of a name that is not text (Python keeps it; `name` is then its text). */
  readonly rawName?: JsonValue;
  /** The JSON of a `required` that is not a boolean (Python keeps it and asks only whether it is truthy). */
  readonly rawRequired?: JsonValue;
}

/** A tensor that a signature names. */
export interface TensorSpec {
  readonly name: string | undefined;
  /** numpy's name of the type: `float32`, `int64`, `str`, `object` … */
  readonly dtype: string;
  /** −1 if any size fits; NaN for a size that is not a number. */
  readonly shape: readonly number[];
  readonly rawName?: JsonValue;
  /** The JSON of a shape that is not a list of integers. */
  readonly rawShape?: readonly JsonValue[];
}

/** What a model takes or gives: columns or tensors. */
export type Schema =
  | { readonly kind: 'columns'; readonly columns: readonly ColumnSpec[] }
  | { readonly kind: 'tensors'; readonly tensors: readonly TensorSpec[] };

/** A param that may be given beside the rows. */
export interface ParamSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** Validated: ints are bigint, floats number, dates as PyObject of python-value.ts, objects PyDict; lists arrays of these; null for none. */
  readonly default: unknown;
  /** null: a scalar; [-1]: a list. */
  readonly shape: readonly number[] | null;
}

/** What a model takes, gives and can be told. */
export interface Signature {
  readonly inputs: Schema | null;
  readonly outputs: Schema | null;
  readonly params: readonly ParamSpec[] | null;
}

/** One thing wrong with the data; the caller gives up to 20 of them in one error. */
export interface SchemaFinding {
  /** A stable word, part of the JSON answer: `SCHEMA_MISSING_COLUMN`, `SCHEMA_WRONG_TYPE` … */
  readonly code: string;
  readonly column?: string;
  /** 0-based data row. */
  readonly row?: number;
  /** The line of the file that the row begins in, from 1, if the file has lines. */
  readonly line?: number;
  readonly found?: string;
  readonly expected?: string;
  /** The near miss, if there is one. */
  readonly suggestion?: string;
  /** The whole sentence. */
  readonly message: string;
}
