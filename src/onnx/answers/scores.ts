// Turns scores [width, N] into probabilities: the formulas that several classes share.
import type { GraphBuilder } from '../convert/graph-builder.js';
import type { GraphScores } from './answer-converter.js';

/** 1 / (1 + e^−x) */
export function logistic(graph: GraphBuilder, scores: string): string {
  const one = graph.doubles('one', [], [1]);
  const odds = graph.node('Exp', [graph.node('Neg', [scores])]);
  return graph.node('Div', [one, graph.node('Add', [odds, one])]);
}

/** The probability [1, N] of the second of two classes, as the probabilities of both. */
export function pairsOf(graph: GraphBuilder, second: string): GraphScores {
  const first = graph.node('Sub', [graph.doubles('one', [], [1]), second]);
  return { tensor: graph.node('Concat', [first, second], { attributes: { axis: 0n } }), width: 2 };
}

/** Each column divided by its sum; where the sum is 0 it becomes `zero`, or stays as it is (null). */
export function shares(graph: GraphBuilder, values: string, zero: number | null): string {
  const sum = graph.node('ReduceSum', [values, graph.int64s('axes', [1], [0n])], { attributes: { keepdims: 1n } });
  const none = graph.node('Equal', [sum, graph.doubles('zero', [], [0])]);
  const divisor = graph.node('Where', [none, graph.doubles('one', [], [1]), sum]);
  const divided = graph.node('Div', [values, divisor]);
  return zero === null ? divided : graph.node('Where', [none, graph.doubles('share', [], [zero]), divided]);
}

export const softmax = (graph: GraphBuilder, scores: string): string =>
  graph.node('Softmax', [scores], { attributes: { axis: 0n } });
