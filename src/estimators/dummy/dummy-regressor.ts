// Turns any data into quantities that do not depend on it (sklearn.dummy.DummyRegressor).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';

export interface DummyRegressor extends Fitted<'DummyRegressor'> {
  /** [targets] */
  readonly constant_: Float64Array;
}

export function predictDummyRegressor({ constant_ }: DummyRegressor, { rows }: Frame): ValuePrediction {
  const width = constant_.length;
  const values = new Float64Array(rows * width);
  for (let at = 0; at < values.length; at += width) values.set(constant_, at);
  return { role: 'regressor', values, width: width === 1 ? null : width };
}
