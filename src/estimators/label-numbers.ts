// Turns a prediction into numbers: a regressor's values, or a classifier's labels where they are numbers.
import { MlctlError } from '../errors/error.js';
import type { Prediction } from './prediction.js';

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
  throw new MlctlError('MODEL_UNSUPPORTED', 'the labels of a part of the model are texts, but it needs numbers');
}
