// Turns KMeans into one Gemm over the centres and the position of the least distance. A row that holds NaN or infinity is
// refused.
import { distanceTerms, type KMeans } from '../../../estimators/cluster/k-means.js';
import { stepName } from '../../../estimators/step-name.js';
import { type Feature, joined, numbersOnly } from '../features.js';
import { notFinite } from '../finite.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertKMeans(graph: GraphBuilder, model: KMeans, features: readonly Feature[]): void {
  const step = stepName(model.kind);
  const { coef, intercept } = distanceTerms(model, features.length);
  const count = intercept.length;
  const distances = graph.node('Gemm', [
    graph.doubles('centres', [count, features.length], coef),
    joined(graph, numbersOnly(features, step)),
    graph.doubles('lengths', [count, 1], intercept),
  ]);
  const nearest = graph.node('ArgMin', [distances], {
    name: `${step}/nearest`,
    attributes: { axis: 0n, keepdims: 0n },
  });
  // The first distance of a row is finite if the row is. A position out of bounds makes Gather fail.
  const first = graph.node('Gather', [distances, graph.int64s('first', [], [0n])], { attributes: { axis: 0n } });
  const place = graph.node('Where', [
    notFinite(graph, first, step),
    graph.int64s('beyond', [], [BigInt(count)]),
    nearest,
  ]);
  const numbers = graph.int64s(
    'clusters',
    [count],
    Array.from({ length: count }, (_, k) => BigInt(k)),
  );
  graph.node(
    'Gather',
    [numbers, place],
    {
      name: 'cluster, or a row without a finite distance: an input value is missing or infinite',
      attributes: { axis: 0n },
    },
    'cluster',
  );
}
