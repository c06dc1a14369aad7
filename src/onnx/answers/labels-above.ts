// Turns scores of labels that a row has or not into one output a label, each 0 or 1.
import type { GraphBuilder } from '../convert/graph-builder.js';
import type { GraphPrediction } from './answer-converter.js';
import { above } from './labels.js';
import { rowAt } from './rows.js';

export function labelsAbove(graph: GraphBuilder, bound: number, scores: string, count: number): GraphPrediction {
  const classes = { type: 'long', values: [0n, 1n] } as const;
  const outputs = Array.from({ length: count }, (_, k) => {
    const codes = above(graph, rowAt(graph, scores, k), bound);
    return { role: 'classifier', classes, codes } as const;
  });
  return { role: 'outputs', outputs };
}
