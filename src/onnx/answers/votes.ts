// Turns what an estimator inside an ensemble predicts into places among the ensemble's classes, or into numbers.
import type { AnyLabels, Part } from '../../estimators/fitted.js';
import { labelPlaces } from '../../estimators/label-places.js';
import type { Feature } from '../convert/features.js';
import type { GraphBuilder } from '../convert/graph-builder.js';
import type { GraphLabels, GraphParts, GraphScores } from './answer-converter.js';
import { noExactForm } from './no-exact-form.js';
import { asDouble, asRow } from './rows.js';

/** int64 [N] */
export function votes(
  graph: GraphBuilder,
  part: Part,
  features: readonly Feature[],
  classes: AnyLabels,
  parts: GraphParts,
): string {
  const prediction = parts.predict(part, features);
  if (prediction.role !== 'classifier') throw noExactForm(part.kind, `it votes as a ${prediction.role}`);
  const places = labelPlaces(prediction.classes, classes);
  if (places.includes(-1)) throw noExactForm(part.kind, 'it knows a class that its ensemble does not know');
  if (places.every((place, k) => place === k)) return prediction.codes;
  const table = graph.int64s('places', [places.length], Array.from(places, BigInt));
  return graph.node('Gather', [table, prediction.codes], { attributes: { axis: 0n } });
}

/** [classes, N]: `yes` for the class of each row's vote and `no` for the others. */
export function oneHot(
  graph: GraphBuilder,
  places: string,
  count: number,
  [yes, no]: readonly [number, number],
): string {
  const numbers = graph.int64s(
    'classes',
    [count, 1],
    Array.from({ length: count }, (_, k) => BigInt(k)),
  );
  const is = graph.node('Equal', [asRow(graph, places), numbers]);
  return graph.node('Where', [is, graph.doubles('yes', [], [yes]), graph.doubles('no', [], [no])]);
}

/** Labels that are numbers count as numbers, as in numpy. */
export function numbers(graph: GraphBuilder, part: Part, features: readonly Feature[], parts: GraphParts): GraphScores {
  const prediction = parts.predict(part, features);
  switch (prediction.role) {
    case 'regressor':
      return prediction;
    case 'clusterer':
      return { tensor: asRow(graph, asDouble(graph, prediction.clusters)), width: null };
    case 'classifier':
      return { tensor: labelNumbers(graph, prediction, part), width: null };
    case 'outputs':
      throw noExactForm(part.kind, 'it predicts several targets inside an ensemble');
  }
}

/** [1, N] */
function labelNumbers(graph: GraphBuilder, { classes, codes }: GraphLabels, part: Part): string {
  if (classes.type === 'string') throw noExactForm(part.kind, 'it predicts text where its ensemble takes numbers');
  const table = graph.doubles(
    'labels',
    [classes.values.length],
    Array.from(classes.values as readonly unknown[], Number),
  );
  return asRow(graph, graph.node('Gather', [table, codes], { attributes: { axis: 0n } }));
}
