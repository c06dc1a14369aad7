// Turns every class of sklearn.decomposition into how it is read from what Python saved.
import type { DECOMPOSITION } from '../../estimators/decomposition/table.js';
import type { ReadersOf } from '../reader.js';
import { readKernelPCA } from './read-kernel-pca.js';
import { readLatentDirichletAllocation } from './read-latent-dirichlet-allocation.js';
import { readMiniBatchNMF, readNMF } from './read-non-negative-factors.js';
import { readDirections, readFactorAnalysis, readFastICA, readPCA } from './read-projection.js';
import { readSparseCode } from './read-sparse-code.js';
import { readSparsePCA } from './read-sparse-pca.js';

const dictionaries = ['sklearn.decomposition._dict_learning'];

export const DECOMPOSITION_READERS = {
  DictionaryLearning: {
    modules: dictionaries,
    read: (attributes) => readSparseCode('DictionaryLearning', attributes),
  },
  FactorAnalysis: { modules: ['sklearn.decomposition._factor_analysis'], read: readFactorAnalysis },
  FastICA: { modules: ['sklearn.decomposition._fastica'], read: readFastICA },
  IncrementalPCA: {
    modules: ['sklearn.decomposition._incremental_pca'],
    read: (attributes) => readPCA('IncrementalPCA', attributes),
  },
  KernelPCA: { modules: ['sklearn.decomposition._kernel_pca'], read: readKernelPCA },
  LatentDirichletAllocation: { modules: ['sklearn.decomposition._lda'], read: readLatentDirichletAllocation },
  MiniBatchDictionaryLearning: {
    modules: dictionaries,
    read: (attributes) => readSparseCode('MiniBatchDictionaryLearning', attributes),
  },
  MiniBatchNMF: { modules: ['sklearn.decomposition._nmf'], read: readMiniBatchNMF },
  MiniBatchSparsePCA: {
    modules: ['sklearn.decomposition._sparse_pca'],
    read: (attributes) => readSparsePCA('MiniBatchSparsePCA', attributes),
  },
  NMF: { modules: ['sklearn.decomposition._nmf'], read: readNMF },
  PCA: { modules: ['sklearn.decomposition._pca'], read: (attributes) => readPCA('PCA', attributes) },
  SparseCoder: { modules: dictionaries, read: (attributes) => readSparseCode('SparseCoder', attributes) },
  SparsePCA: {
    modules: ['sklearn.decomposition._sparse_pca'],
    read: (attributes) => readSparsePCA('SparsePCA', attributes),
  },
  TruncatedSVD: {
    modules: ['sklearn.decomposition._truncated_svd'],
    read: (attributes) => readDirections('TruncatedSVD', attributes),
  },
} satisfies ReadersOf<typeof DECOMPOSITION>;
