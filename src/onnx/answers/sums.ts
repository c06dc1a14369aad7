// Turns tensors of one shape into their sum, and a sum into a mean.
import type { GraphBuilder } from '../convert/graph-builder.js';

/** The sum of tensors of one shape, in their order. */
export const sumOf = (graph: GraphBuilder, tensors: readonly string[]): string =>
  tensors.reduce((sum, tensor) => graph.node('Add', [sum, tensor]));

export const divided = (graph: GraphBuilder, tensor: string, by: number): string =>
  graph.node('Div', [tensor, graph.doubles('divisor', [], [by])]);
