// Turns an estimator inside an ensemble of regressors into the numbers that it predicts.
import type { Parts } from '../evaluator.js';
import type { Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { labelNumbers } from '../labels/label-numbers.js';
import type { Scores } from '../prediction.js';

export function predictNumbers(part: Part, frame: Frame, parts: Parts): Scores {
  const prediction = parts.predict(part, frame);
  return { values: labelNumbers(prediction), width: prediction.role === 'regressor' ? prediction.width : null };
}
