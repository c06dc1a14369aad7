// Turns a LogisticRegression into scores by one Gemm; two classes: 1 / (1 + exp(−score)), more: softmax; one output a class, and
// the label. scikit-learn refuses NaN and infinity in X. A row that holds one has no finite score (0 · ∞ is also NaN): its
// label's number is set out of bounds, so that Gather must fail on it and no wrong answer is given.

import { DATA_TYPE } from '../../../data/element-types.js';
import type { LogisticRegression } from '../../../estimators/linear-model/logistic-regression.js';
import { type Feature, joined, numbersOnly } from '../features.js';
import { notFinite } from '../finite.js';
import type { GraphBuilder } from '../graph-builder.js';
import { labelOutput } from '../label-output.js';

const STEP = 'logistic_regression';

export function convertLogisticRegression(
  graph: GraphBuilder,
  model: LogisticRegression,
  features: readonly Feature[],
): void {
  const numbers = numbersOnly(features, STEP);
  const rows = model.intercept_.length;
  const coef = graph.doubles('coef', [rows, numbers.length], model.coef_);
  const intercept = graph.doubles('intercept', [rows, 1], model.intercept_);
  const scores = graph.node('Gemm', [coef, joined(graph, numbers), intercept], { name: `${STEP}/scores` });
  const index = rows === 1 ? twoClasses(graph, model, scores) : manyClasses(graph, model, scores);
  labelOutput(graph, model.classes_, index, 'a finite score');
}

function twoClasses(graph: GraphBuilder, model: LogisticRegression, scores: string): string {
  const [negative, positive] = model.classes_.values;
  const score = graph.node('Reshape', [scores, graph.int64s('shape', [1], [-1n])]);
  const one = graph.doubles('one', [], [1]);
  const odds = graph.node('Exp', [graph.node('Neg', [score])]);
  const probability = graph.node(
    'Div',
    [one, graph.node('Add', [odds, one])],
    { name: `${STEP}/probability` },
    `probability_${positive}`,
  );
  graph.node('Sub', [one, probability], {}, `probability_${negative}`);
  const isPositive = graph.node('Greater', [score, graph.doubles('zero', [], [0])]);
  const index = graph.node('Cast', [isPositive], { attributes: { to: BigInt(DATA_TYPE.INT64) } });
  return outOfBoundsWhereNotFinite(graph, model, score, index);
}

function manyClasses(graph: GraphBuilder, model: LogisticRegression, scores: string): string {
  const probabilities = graph.node('Softmax', [scores], {
    name: `${STEP}/probabilities`,
    attributes: { axis: 0n },
  });
  model.classes_.values.forEach((label, i) => {
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

function outOfBoundsWhereNotFinite(
  graph: GraphBuilder,
  model: LogisticRegression,
  score: string,
  index: string,
): string {
  const bad = notFinite(graph, score, STEP);
  const beyond = graph.int64s('beyond', [], [BigInt(model.classes_.values.length)]);
  return graph.node('Where', [bad, beyond, index]);
}
