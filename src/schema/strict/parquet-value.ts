// Turns a typed value of a Parquet column into a scalar type: MLflow only casts typed data upwards, and strict loses nothing.
import type { ParquetType } from '../../data/parquet/parquet-type.js';
import type { ScalarName } from '../types.js';
import { Problem } from './problem.js';
import type { ScalarValue } from './scalar-rules.js';
import { showText } from './show.js';

const SMALL_INTEGERS: readonly ParquetType[] = ['int8', 'int16', 'int32', 'uint8', 'uint16'];

/** What MLflow's `_enforce_mlflow_datatype` takes for each type. */
const ACCEPTED: Readonly<Record<ScalarName, ReadonlySet<ParquetType>>> = {
  boolean: new Set(['bool']),
  integer: new Set(SMALL_INTEGERS),
  long: new Set([...SMALL_INTEGERS, 'uint32', 'int64']),
  float: new Set(['float16', 'float32']),
  double: new Set([...SMALL_INTEGERS, 'uint32', 'float16', 'float32', 'float64']),
  string: new Set(['str']),
  binary: new Set(['bytes']),
  datetime: new Set(['date', 'datetime64']),
};

export function acceptsType(type: ParquetType, scalar: ScalarName): boolean {
  return ACCEPTED[scalar].has(type);
}

/** The type and null were handled before. */
export function parquetValue(value: unknown, scalar: ScalarName): ScalarValue | Problem {
  switch (scalar) {
    case 'double':
    case 'float': {
      const number = Number(value);
      if (number - number === 0) return number;
      const say = `${number} is not a number: write null for a missing value`;
      return new Problem('SCHEMA_NOT_A_NUMBER', say, String(number), scalar);
    }
    case 'integer':
      return Number(value);
    case 'long':
      return BigInt(value as bigint | number);
    case 'datetime': {
      const nanoseconds = BigInt(value as bigint);
      if (BigInt.asIntN(64, nanoseconds) === nanoseconds && nanoseconds !== -(2n ** 63n)) return nanoseconds;
      return new Problem(
        'SCHEMA_BAD_DATETIME',
        `${showText(String(value))} ns is outside 1677-09-21..2262-04-11`,
        String(value),
        'datetime',
      );
    }
    default:
      return value as ScalarValue;
  }
}
