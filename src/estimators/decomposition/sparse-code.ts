// Turns features into a few atoms of a dictionary with their weights (SparseCoder, DictionaryLearning, MiniBatchDictionaryLearning).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { larsPath } from '../sparse-coding/lars-path.js';
import { descendLasso } from '../sparse-coding/lasso-descent.js';
import { pursueMatches } from '../sparse-coding/matching-pursuit.js';
import { stepName } from '../step-name.js';

export interface SparseCode<Kind extends string> extends Fitted<Kind> {
  /** Row-major, atoms × features. */
  readonly dictionary: Float64Array;
  readonly atoms: number;
  /** The products of the atoms with one another. */
  readonly gram: Float64Array;
  readonly transform_algorithm: 'lasso_lars' | 'lasso_cd' | 'lars' | 'omp' | 'threshold';
  /** The number of atoms of omp and lars, the penalty of the others. */
  readonly regularization: number;
  readonly transform_max_iter: number;
  readonly positive_code: boolean;
  /** Whether the negative weights have columns of their own. */
  readonly split_sign: boolean;
  /** scikit-learn 1.8 and newer leave atoms out that cannot be in the solution. */
  readonly screening: boolean;
}

export function transformSparseCode(model: SparseCode<string>, frame: Frame): Frame {
  const { dictionary, atoms, split_sign } = model;
  const x = matrixOf(frame, stepName(model.kind));
  const width = dictionary.length / atoms;
  const made = split_sign ? 2 * atoms : atoms;
  const values = new Float64Array(frame.rows * made);
  const products = new Float64Array(atoms);
  for (let i = 0; i < frame.rows; i++) {
    const row = x.subarray(i * width, (i + 1) * width);
    for (let k = 0; k < atoms; k++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += dictionary[k * width + j]! * row[j]!;
      products[k] = sum;
    }
    const code = codeOf(model, products, row);
    for (let k = 0; k < atoms; k++) {
      if (!split_sign) values[i * made + k] = code[k]!;
      else {
        values[i * made + k] = Math.max(code[k]!, 0);
        values[i * made + atoms + k] = -Math.min(code[k]!, 0);
      }
    }
  }
  return frameOfMatrix(frame.rows, made, values);
}

/** `products` are those of the atoms with the row. */
function codeOf(model: SparseCode<string>, products: Float64Array, row: Float64Array): Float64Array {
  const { gram, regularization, positive_code: positive, transform_max_iter: rounds } = model;
  switch (model.transform_algorithm) {
    case 'threshold':
      return products.map((value) => {
        const kept = Math.sign(value) * Math.max(Math.abs(value) - regularization, 0);
        return positive ? Math.max(kept, 0) : kept;
      });
    case 'omp':
      return pursueMatches(gram, products, regularization);
    case 'lasso_cd': {
      const square = row.reduce((sum, value) => sum + value * value, 0);
      return descendLasso({
        gram,
        products,
        square,
        penalty: regularization,
        rounds,
        positive,
        screening: model.screening,
      });
    }
    case 'lars':
      return larsPath({
        gram,
        products,
        samples: row.length,
        least: 0,
        rounds: regularization,
        lasso: false,
        positive: false,
      });
    case 'lasso_lars':
      return larsPath({
        gram,
        products,
        samples: row.length,
        least: regularization / row.length,
        rounds,
        lasso: true,
        positive,
      });
  }
}
