// Turns what Python saved of the classes of sklearn.manifold into their values.
import type { Isomap } from '../../estimators/manifold/isomap.js';
import type { LocallyLinearEmbedding } from '../../estimators/manifold/locally-linear-embedding.js';
import { Attributes } from '../attributes.js';
import { readKernelPCA } from '../decomposition/read-kernel-pca.js';
import { readNearestNeighbors } from '../neighbors/read-neighbours.js';

export function readIsomap(attributes: Attributes): Isomap {
  const nbrs_ = readSearch(attributes);
  const count = nbrs_.index.n_samples_fit_;
  const kernel_pca_ = readKernelPCA(new Attributes(attributes.get('kernel_pca_')));
  if (kernel_pca_.kernel.name !== 'precomputed' || kernel_pca_.K_fit_rows_.length !== count)
    attributes.get('kernel_pca_').fail(`a KernelPCA of the ways between ${count} points`);
  const n_neighbors = attributes.maybe('n_neighbors')?.integer(1) ?? null;
  return {
    ...attributes.fitted('Isomap', nbrs_.width),
    nbrs_,
    n_neighbors,
    radius: n_neighbors === null ? attributes.get('radius').number() : 0,
    dist_matrix_: attributes.get('dist_matrix_').matrix(count, count).values,
    kernel_pca_,
  };
}

export function readLocallyLinearEmbedding(attributes: Attributes): LocallyLinearEmbedding {
  const nbrs_ = readSearch(attributes);
  const { searched, n_samples_fit_ } = nbrs_.index;
  const embedding = attributes.get('embedding_').matrix(undefined, n_samples_fit_);
  return {
    ...attributes.fitted('LocallyLinearEmbedding', nbrs_.width),
    nbrs_,
    points: searched?.points ?? attributes.get('nbrs_').fail('neighbours among points'),
    n_neighbors: attributes.get('n_neighbors').integer(1),
    reg: attributes.get('reg').number(),
    embedding_: embedding.values,
    n_components: embedding.width,
  };
}

function readSearch(attributes: Attributes) {
  const value = attributes.get('nbrs_');
  const search = new Attributes(value);
  if (search.kind !== 'NearestNeighbors') value.fail('a NearestNeighbors');
  const nbrs_ = readNearestNeighbors(search);
  return { ...nbrs_, width: nbrs_.index.searched?.points.width ?? nbrs_.index.n_samples_fit_ };
}
