// Turns features into an expected value by a generalized linear model (sklearn.linear_model.PoissonRegressor, GammaRegressor and
// TweedieRegressor).
import { exp } from '../exponential.js';
import type { Frame } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';
import { type LinearRegressor, predictLinearRegression } from './linear-regression.js';

export interface GlmRegressor<Kind extends string> extends LinearRegressor<Kind> {
  /** The link is of the expected value: with 'log', the linear model gives its logarithm. */
  readonly link: 'identity' | 'log';
}

export function predictGlmRegressor(model: GlmRegressor<string>, frame: Frame): ValuePrediction {
  const linear = predictLinearRegression(model, frame);
  return model.link === 'identity' ? linear : { ...linear, values: linear.values.map(exp) };
}
