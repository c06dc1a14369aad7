// Turns every class of sklearn.decomposition into how it is read from what Python saved.
import type { DECOMPOSITION } from '../../estimators/decomposition/table.js';
import type { ReadersOf } from '../reader.js';
import { readKernelPCA } from './read-kernel-pca.js';
import { readDirections, readFactorAnalysis, readFastICA, readPCA } from './read-projection.js';
import { readSparsePCA } from './read-sparse-pca.js';

export const DECOMPOSITION_READERS = {
  FactorAnalysis: { modules: ['sklearn.decomposition._factor_analysis'], read: readFactorAnalysis },
  FastICA: { modules: ['sklearn.decomposition._fastica'], read: readFastICA },
  IncrementalPCA: {
    modules: ['sklearn.decomposition._incremental_pca'],
    read: (attributes) => readPCA('IncrementalPCA', attributes),
  },
  KernelPCA: { modules: ['sklearn.decomposition._kernel_pca'], read: readKernelPCA },
  MiniBatchSparsePCA: {
    modules: ['sklearn.decomposition._sparse_pca'],
    read: (attributes) => readSparsePCA('MiniBatchSparsePCA', attributes),
  },
  PCA: { modules: ['sklearn.decomposition._pca'], read: (attributes) => readPCA('PCA', attributes) },
  SparsePCA: {
    modules: ['sklearn.decomposition._sparse_pca'],
    read: (attributes) => readSparsePCA('SparsePCA', attributes),
  },
  TruncatedSVD: {
    modules: ['sklearn.decomposition._truncated_svd'],
    read: (attributes) => readDirections('TruncatedSVD', attributes),
  },
} satisfies ReadersOf<typeof DECOMPOSITION>;
