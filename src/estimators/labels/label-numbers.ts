// Turns a prediction into numbers: a regressor's values, or labels that are numbers, as numpy takes them.
import { MlctlError } from '../../errors/error.js';
import type { Prediction } from '../prediction.js';

/** Row-major, rows × targets. */
export function labelNumbers(prediction: Prediction): Float64Array {
  switch (prediction.role) {
    case 'regressor':
      return Float64Array.from(prediction.values);
    case 'clusterer':
      return Float64Array.from(prediction.clusters, Number);
    case 'classifier': {
      const { classes, codes } = prediction;
      if (classes.type === 'string') break;
      const numbers = Array.from<bigint | number | boolean, number>(classes.values, Number);
      return Float64Array.from(codes, (code) => numbers[code]!);
    }
  }
  throw new MlctlError(
    'MODEL_UNSUPPORTED',
    'a part of the model predicts texts or several labels, but the model around it needs numbers',
  );
}
