// Turns what Python saved of a class that multiplies by learned directions into its value.
import type { Projection } from '../../estimators/decomposition/projection.js';
import type { Attributes } from '../attributes.js';
import { readPoints } from '../pairwise/read-points.js';

/** Only the directions: TruncatedSVD, NeighborhoodComponentsAnalysis, the random projections. */
export function readDirections<Kind extends string>(kind: Kind, attributes: Attributes): Projection<Kind> {
  const { rows, width, values } = readPoints(attributes.get('components_'));
  return { ...attributes.fitted(kind, width), components_: values, n_components: rows, mean_: null, scale: null };
}
