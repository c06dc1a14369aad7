// Turns the stages of a boosting of scikit-learn into raw sums and probabilities.
import { type Feature, joined, numbersOnly } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { NodeWay } from '../../convert/tree/split-leaves.js';
import type { GraphScores } from '../answer-converter.js';
import { noExactForm } from '../no-exact-form.js';
import { logistic, pairsOf, softmax } from '../scores.js';
import { treeSums, type ValuedTree } from './tree-sums.js';

export interface Boosting {
  readonly name: string;
  readonly way: NodeWay;
  /** One number a column. */
  readonly start: ArrayLike<number>;
  /** Stage by stage: one tree, or one a class. */
  readonly stages: readonly (readonly ValuedTree[])[];
}

/** [columns, N] */
function rawSums(graph: GraphBuilder, features: readonly Feature[], { name, way, start, stages }: Boosting): string {
  const matrix = joined(graph, numbersOnly(features, name));
  const columns = Array.from({ length: start.length }, (_, k) => {
    const trees = stages.map((trees) => trees[k]!);
    if (trees.length > 0) return treeSums(graph, matrix, trees, { name, way, start: [start[k]!] });
    throw noExactForm(name, 'it has no trees');
  });
  return columns.length === 1 ? columns[0]! : graph.node('Concat', columns, { attributes: { axis: 0n } });
}

export const scoresOf = (graph: GraphBuilder, features: readonly Feature[], boosting: Boosting): GraphScores => ({
  tensor: rawSums(graph, features, boosting),
  width: boosting.start.length === 1 ? null : boosting.start.length,
});

/** `factor`: what the sum of two classes is multiplied by. */
export function chancesOf(graph: GraphBuilder, { tensor, width }: GraphScores, factor: 1 | 2): GraphScores {
  if (width !== null) return { tensor: softmax(graph, tensor), width };
  const scaled = factor === 1 ? tensor : graph.node('Mul', [tensor, graph.doubles('factor', [], [factor])]);
  return pairsOf(graph, logistic(graph, scaled));
}
