// Turns every class of sklearn.decomposition into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type KernelPCA, transformKernelPCA } from './kernel-pca.js';
import { type LatentDirichletAllocation, transformLatentDirichletAllocation } from './latent-dirichlet-allocation.js';
import { type MiniBatchNMF, type NMF, transformNonNegativeFactors } from './non-negative-factors.js';
import { type Projection, transformCentred, transformProjection } from './projection.js';
import { type SparseCode, transformSparseCode } from './sparse-code.js';
import { type SparsePCA, transformSparsePCA } from './sparse-pca.js';

const PROJECTION = { role: 'transformer', transform: transformProjection } as const;
const CENTRED = { role: 'transformer', transform: transformCentred } as const;
const SPARSE_PCA = { role: 'transformer', transform: transformSparsePCA } as const;

const CODE = { role: 'transformer', transform: transformSparseCode } as const;
const FACTORS = { role: 'transformer', transform: transformNonNegativeFactors, rowsTogether: true } as const;

export const DECOMPOSITION = {
  DictionaryLearning: CODE,
  FactorAnalysis: CENTRED,
  FastICA: CENTRED,
  IncrementalPCA: PROJECTION,
  KernelPCA: { role: 'transformer', transform: transformKernelPCA },
  LatentDirichletAllocation: { role: 'transformer', transform: transformLatentDirichletAllocation },
  MiniBatchDictionaryLearning: CODE,
  MiniBatchNMF: FACTORS,
  MiniBatchSparsePCA: SPARSE_PCA,
  NMF: FACTORS,
  PCA: PROJECTION,
  SparseCoder: CODE,
  SparsePCA: SPARSE_PCA,
  TruncatedSVD: PROJECTION,
} satisfies Rows<
  | SparseCode<'DictionaryLearning'>
  | SparseCode<'MiniBatchDictionaryLearning'>
  | SparseCode<'SparseCoder'>
  | LatentDirichletAllocation
  | MiniBatchNMF
  | NMF
  | Projection<'FactorAnalysis'>
  | Projection<'FastICA'>
  | Projection<'IncrementalPCA'>
  | KernelPCA
  | SparsePCA<'MiniBatchSparsePCA'>
  | Projection<'PCA'>
  | SparsePCA<'SparsePCA'>
  | Projection<'TruncatedSVD'>
>;
