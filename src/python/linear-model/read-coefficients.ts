// Turns what Python saved of a linear model's coefficients into numbers: an array, or a sparse matrix after `sparsify()`.
import type { Dtype } from '../../estimators/fitted.js';
import { readPoints } from '../pairwise/read-points.js';
import type { Value } from '../value.js';

interface Coefficients {
  readonly values: Float64Array;
  /** Null if the array has one dimension. */
  readonly rows: number | null;
  readonly width: number;
  /** scikit-learn computes in it if the data has it too. */
  readonly dtype: Dtype;
}

export function readCoefficients(value: Value): Coefficients {
  if (value.isObject) return { ...readPoints(value), dtype: 'float64' };
  const { values, shape } = value.numbers();
  const dtype = value.isFloat32 ? 'float32' : 'float64';
  if (shape.length === 1) return { values, rows: null, width: values.length, dtype };
  if (shape.length !== 2) return value.fail('one or two dimensions');
  return { values, rows: shape[0]!, width: shape[1]!, dtype };
}

/** `count` intercepts; without an intercept it is one zero. */
export function readIntercepts(value: Value, count: number): Float64Array {
  const { values, shape } = value.numbers();
  if (shape.length <= 1 && values.length === count) return values;
  return values.length === 1 ? new Float64Array(count).fill(values[0]!) : value.fail(`${count} numbers`);
}
