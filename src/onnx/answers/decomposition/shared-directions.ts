// Turns partial least squares and their like into one Gemm over centred features.
import type {
  PartialLeastSquares,
  SharedDirections,
} from '../../../estimators/cross-decomposition/partial-least-squares.js';
import { stepName } from '../../../estimators/step-name.js';
import { type Feature, rowsOf } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';

/** (X − mean) / std, times directions [features × count]. */
function directed(
  graph: GraphBuilder,
  model: SharedDirections<string>,
  features: readonly Feature[],
  { directions, intercept, scaled }: { directions: Float64Array; intercept: Float64Array; scaled: boolean },
): string {
  const width = features.length;
  const count = intercept.length;
  const shape = [width, 1];
  const matrix = checkedMatrix(graph, features, stepName(model.kind));
  const centred = graph.node('Sub', [matrix, graph.doubles('mean', shape, model._x_mean)]);
  const x = scaled ? graph.node('Div', [centred, graph.doubles('std', shape, model._x_std)]) : centred;
  const turned = Float64Array.from(directions, (_, i) => directions[(i % width) * count + Math.floor(i / width)]!);
  return gemm(graph, x, turned, intercept);
}

export const SHARED_DIRECTIONS: AnswerRow<SharedDirections<string>> = {
  transform: (graph, model, features) => {
    const count = model.x_rotations_.length / features.length;
    const options = { directions: model.x_rotations_, intercept: new Float64Array(count), scaled: true };
    const names = Array.from({ length: count }, (_, k) => `${stepName(model.kind)}${k}`);
    return rowsOf(directed(graph, model, features, options), names);
  },
};

export const PARTIAL_LEAST_SQUARES: AnswerRow<PartialLeastSquares<string>> = {
  ...SHARED_DIRECTIONS,
  predict: (graph, model, features) => {
    const { coef: directions, intercept_: intercept, scaled, _predict_1d } = model;
    const tensor = directed(graph, model, features, { directions, intercept, scaled });
    return { role: 'regressor', tensor, width: _predict_1d ? null : intercept.length };
  },
};
