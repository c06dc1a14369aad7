// Turns scores [width, N] into the positions of labels.
import { DATA_TYPE } from '../../data/element-types.js';
import type { AnyLabels } from '../../estimators/fitted.js';
import type { GraphBuilder } from '../convert/graph-builder.js';
import type { GraphLabels } from './answer-converter.js';
import { flat } from './rows.js';

/** The label of the greatest of the scores; the first of equals. */
export function greatestLabel(graph: GraphBuilder, classes: AnyLabels, scores: string): GraphLabels {
  const codes = graph.node('ArgMax', [scores], { attributes: { axis: 0n, keepdims: 0n } });
  return { role: 'classifier', classes, codes };
}

/** 1 where a score [1, N] is above `bound` (or equal to it), else 0: int64 [N]. */
export function above(graph: GraphBuilder, score: string, bound: number, orEqual = false): string {
  const is = graph.node(orEqual ? 'GreaterOrEqual' : 'Greater', [score, graph.doubles('bound', [], [bound])]);
  return flat(graph, graph.node('Cast', [is], { attributes: { to: BigInt(DATA_TYPE.INT64) } }));
}
