// Turns features into the class whose code is the nearest to the scores of several classifiers (OutputCodeClassifier).
import type { Parts } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ClassPrediction } from '../prediction.js';
import { binaryScores } from './binary-scores.js';

export interface OutputCodeClassifier extends Fitted<'OutputCodeClassifier'> {
  readonly estimators_: readonly Part[];
  readonly classes_: AnyLabels;
  /** Row-major, classes × estimators. */
  readonly code_book_: Float64Array;
}

export function predictOutputCode(model: OutputCodeClassifier, frame: Frame, parts: Parts): ClassPrediction {
  const { estimators_, classes_, code_book_: codes } = model;
  const width = estimators_.length;
  const scores = estimators_.map((estimator) => binaryScores(estimator, frame, parts));
  const nearest = Int32Array.from({ length: frame.rows }, (_, i) => {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let c = 0; c < classes_.values.length; c++) {
      let distance = 0;
      for (let k = 0; k < width; k++) distance += (scores[k]![i]! - codes[c * width + k]!) ** 2;
      if (distance < least) [best, least] = [c, distance];
    }
    return best;
  });
  return { role: 'classifier', classes: classes_, codes: nearest };
}
