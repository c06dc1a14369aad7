// Turns features into a quantity by the weighted median of many regressors (sklearn.ensemble.AdaBoostRegressor).
import type { Parts, Row } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { refuseMissing } from '../frames/refuse-missing.js';
import type { ValuePrediction } from '../prediction.js';
import { predictNumbers } from './predict-numbers.js';

export interface AdaBoostRegressor extends Fitted<'AdaBoostRegressor'> {
  readonly estimators_: readonly Part[];
  /** One an estimator. */
  readonly estimator_weights_: Float64Array;
}

/** The first answer, from the least on, up to which the weights make half of all. */
function weightedMedians(model: AdaBoostRegressor, frame: Frame, parts: Parts): ValuePrediction {
  const { estimators_: estimators, estimator_weights_: weights } = model;
  refuseMissing(frame, 'ada_boost_regressor');
  const answers = estimators.map((part) => predictNumbers(part, frame, parts).values);
  const places = estimators.map((_, e) => e);
  const sums = new Float64Array(estimators.length);
  const values = new Float64Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    places.sort((a, b) => answers[a]![i]! - answers[b]![i]! || a - b);
    let sum = 0;
    places.forEach((place, at) => {
      sum += weights[place]!;
      sums[at] = sum;
    });
    const half = 0.5 * sum;
    const median = sums.findIndex((value) => value >= half);
    // of weights that are not numbers, the first answer counts, as numpy's argmax gives it
    values[i] = answers[places[Math.max(median, 0)]!]![i]!;
  }
  return { role: 'regressor', values, width: null };
}

export const ADA_BOOST_REGRESSOR: Row<AdaBoostRegressor> = { role: 'regressor', predict: weightedMedians };
