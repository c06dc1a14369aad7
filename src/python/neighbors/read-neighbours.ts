// Turns what Python saved of the estimators that only search neighbours into their values.
import type { LocalOutlierFactor } from '../../estimators/neighbors/local-outlier-factor.js';
import type { NearestNeighbors } from '../../estimators/neighbors/nearest-neighbors.js';
import type {
  KNeighborsTransformer,
  RadiusNeighborsTransformer,
} from '../../estimators/neighbors/neighbours-transformer.js';
import type { Attributes } from '../attributes.js';
import { readNeighbourIndex } from './read-neighbour-index.js';

export function readNearestNeighbors(attributes: Attributes): NearestNeighbors {
  const { width, ...index } = readNeighbourIndex(attributes);
  return {
    ...attributes.fitted('NearestNeighbors', width),
    index,
    n_neighbors: attributes.maybe('n_neighbors')?.integer(1) ?? null,
    radius: attributes.maybe('radius')?.number() ?? null,
  };
}

export function readKNeighborsTransformer(attributes: Attributes): KNeighborsTransformer {
  const { width, ...index } = readNeighbourIndex(attributes);
  return {
    ...attributes.fitted('KNeighborsTransformer', width),
    index,
    mode: attributes.get('mode').choice('connectivity', 'distance'),
    n_neighbors: attributes.get('n_neighbors').integer(1),
  };
}

export function readRadiusNeighborsTransformer(attributes: Attributes): RadiusNeighborsTransformer {
  const { width, ...index } = readNeighbourIndex(attributes);
  return {
    ...attributes.fitted('RadiusNeighborsTransformer', width),
    index,
    mode: attributes.get('mode').choice('connectivity', 'distance'),
    radius: attributes.get('radius').number(),
  };
}

/** Without `novelty` it judges its training rows only, and has no answer for others. */
export function readLocalOutlierFactor(attributes: Attributes): LocalOutlierFactor {
  if (!attributes.get('novelty').flag()) attributes.get('novelty').unknown('novelty=True, which predicts new rows');
  const { width, ...index } = readNeighbourIndex(attributes);
  const count = attributes.get('n_neighbors_').integer(1);
  const distances = attributes.get('_distances_fit_X_').matrix(undefined, index.n_samples_fit_);
  if (distances.width < count) attributes.get('_distances_fit_X_').fail(`at least ${count} columns`);
  return {
    ...attributes.fitted('LocalOutlierFactor', width),
    index,
    n_neighbors_: count,
    offset_: attributes.get('offset_').number(),
    _lrd: attributes.get('_lrd').vector(index.n_samples_fit_),
    reach: Float64Array.from({ length: distances.rows }, (_, i) => distances.values[i * distances.width + count - 1]!),
  };
}
