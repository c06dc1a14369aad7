// Turns features into the same features multiplied by a weight (`transformer_weights`).
import { type Feature, joined, namesOf, numbersOnly, rowsOf } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

export function weigh(graph: GraphBuilder, made: readonly Feature[], weight: number, step: string): readonly Feature[] {
  if (weight === 1 || made.length === 0) return made;
  const tensor = joined(graph, numbersOnly(made, step));
  const weighted = graph.node('Mul', [tensor, graph.doubles('weight', [], [weight])], { name: `${step}/weight` });
  return rowsOf(weighted, namesOf(made));
}
