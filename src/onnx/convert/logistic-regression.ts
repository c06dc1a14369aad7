// LogisticRegression → scores by one Gemm; two classes: 1 / (1 + exp(−score)), more: softmax; one output a class, and the label.
// scikit-learn refuses NaN and infinity in X. A row that holds one has no finite score (0 · ∞ is NaN too): its label's number is
// set out of bounds, and Gather must fail on it, so that no answer passes silently.
import { MlctlError } from '../../errors/error.js';
import type { LogisticRegression } from '../../estimators/types.js';
import { DATA_TYPE } from '../element-types.js';
import type { ValueInfoProto } from '../graph.js';
import { type Feature, joined, numbersOnly, take } from './features.js';
import type { GraphBuilder } from './graph-builder.js';
import { valueInfo } from './inputs.js';

export function logisticRegressionOutputs({ classes }: LogisticRegression): ValueInfoProto[] {
  return [
    valueInfo('label', classes.type === 'long' ? DATA_TYPE.INT64 : DATA_TYPE.STRING, ['N']),
    ...classes.values.map((label) => valueInfo(`probability_${label}`, DATA_TYPE.DOUBLE, ['N'])),
  ];
}

export function convertLogisticRegression(
  graph: GraphBuilder,
  model: LogisticRegression,
  features: readonly Feature[],
): void {
  const { taken, rest } = take(numbersOnly(features, model.kind), model.features, model.kind);
  const numbers = numbersOnly(taken, model.kind);
  const rows = model.intercept.length;
  if (rest.length > 0 || model.coef.length !== rows * numbers.length) {
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `writing logistic_regression as ONNX: ${features.length} columns reach it, its coefficients are for ${model.coef.length / rows}`,
    );
  }
  const coef = graph.doubles('coef', [rows, numbers.length], model.coef);
  const intercept = graph.doubles('intercept', [rows, 1], model.intercept);
  const scores = graph.node('Gemm', [coef, joined(graph, numbers), intercept], { name: 'logistic_regression/scores' });
  const index = rows === 1 ? twoClasses(graph, model, scores) : manyClasses(graph, model, scores);
  const labels = model.classes;
  const table =
    labels.type === 'long'
      ? graph.int64s('classes', [labels.values.length], labels.values)
      : graph.strings('classes', [labels.values.length], labels.values);
  graph.node(
    'Gather',
    [table, index],
    { name: 'label, or a row without a finite score: an input value is missing or infinite', attributes: { axis: 0n } },
    'label',
  );
}

function twoClasses(graph: GraphBuilder, model: LogisticRegression, scores: string): string {
  const [negative, positive] = model.classes.values;
  const score = graph.node('Reshape', [scores, graph.int64s('shape', [1], [-1n])]);
  const one = graph.doubles('one', [], [1]);
  const odds = graph.node('Exp', [graph.node('Neg', [score])]);
  const probability = graph.node(
    'Div',
    [one, graph.node('Add', [odds, one])],
    { name: 'logistic_regression/probability' },
    `probability_${positive}`,
  );
  graph.node('Sub', [one, probability], {}, `probability_${negative}`);
  const isPositive = graph.node('Greater', [score, graph.doubles('zero', [], [0])]);
  const index = graph.node('Cast', [isPositive], { attributes: { to: BigInt(DATA_TYPE.INT64) } });
  return outOfBoundsWhereNotFinite(graph, model, score, index);
}

function manyClasses(graph: GraphBuilder, model: LogisticRegression, scores: string): string {
  const probabilities = graph.node('Softmax', [scores], {
    name: 'logistic_regression/probabilities',
    attributes: { axis: 0n },
  });
  model.classes.values.forEach((label, i) => {
    graph.node(
      'Gather',
      [probabilities, graph.int64s('class', [], [BigInt(i)])],
      { attributes: { axis: 0n } },
      `probability_${label}`,
    );
  });
  const index = graph.node('ArgMax', [scores], { attributes: { axis: 0n, keepdims: 0n } });
  const score = graph.node('Gather', [scores, graph.int64s('class', [], [0n])], { attributes: { axis: 0n } });
  return outOfBoundsWhereNotFinite(graph, model, score, index);
}

/** x − x is 0 where x is finite and NaN elsewhere. */
function outOfBoundsWhereNotFinite(
  graph: GraphBuilder,
  model: LogisticRegression,
  score: string,
  index: string,
): string {
  const bad = graph.node('IsNaN', [graph.node('Sub', [score, score])], { name: 'logistic_regression/not_finite' });
  const beyond = graph.int64s('beyond', [], [BigInt(model.classes.values.length)]);
  return graph.node('Where', [bad, beyond, index]);
}
