// Turns a linear regressor into one Gemm. A row that holds NaN or infinity has no finite score and is refused, as in
// scikit-learn.
import { MlctlError } from '../../../errors/error.js';
import type { LinearRegressor } from '../../../estimators/linear-model/linear-regression.js';
import { stepName } from '../../../estimators/step-name.js';
import { type Feature, joined, numbersOnly } from '../features.js';
import { refuseNotFinite } from '../finite.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertLinearRegression(
  graph: GraphBuilder,
  model: LinearRegressor<string>,
  features: readonly Feature[],
): void {
  const step = stepName(model.kind);
  const { coef_, intercept_ } = model;
  if (typeof intercept_ !== 'number')
    throw new MlctlError('MODEL_UNSUPPORTED', `writing ${model.kind} as ONNX: it has ${intercept_.length} targets`);
  const coef = graph.doubles('coef', [1, features.length], coef_);
  const intercept = graph.doubles('intercept', [1, 1], [intercept_]);
  const numbers = joined(graph, numbersOnly(features, step));
  const score = graph.node('Gemm', [coef, numbers, intercept], { name: `${step}/score` });
  const flat = graph.node('Reshape', [score, graph.int64s('shape', [1], [-1n])]);
  refuseNotFinite(graph, flat, step, 'prediction');
}
