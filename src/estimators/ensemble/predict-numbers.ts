// Turns an estimator inside an ensemble of regressors into the numbers that it predicts.
import { MlctlError } from '../../errors/error.js';
import type { Parts } from '../evaluator.js';
import type { Part } from '../fitted.js';
import type { Frame } from '../frame.js';

/** Row-major, rows × `width`; a width of null is one number a row. Labels that are numbers count as numbers, as in numpy. */
export function predictNumbers(
  part: Part,
  frame: Frame,
  parts: Parts,
): { readonly values: Float64Array; readonly width: number | null } {
  const prediction = parts.predict(part, frame);
  switch (prediction.role) {
    case 'regressor':
      return { values: Float64Array.from(prediction.values), width: prediction.width };
    case 'clusterer':
      return { values: Float64Array.from(prediction.clusters, Number), width: null };
    case 'classifier': {
      const { classes, codes } = prediction;
      if (classes.type !== 'string')
        return { values: Float64Array.from(codes, (code) => Number(classes.values[code])), width: null };
    }
  }
  throw new MlctlError('MODEL_UNSUPPORTED', `${part.kind} predicts no numbers, which its ensemble takes`);
}
