// Turns every class of sklearn.decomposition into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type KernelPCA, transformKernelPCA } from './kernel-pca.js';
import { type Projection, transformCentred, transformProjection } from './projection.js';
import { type SparsePCA, transformSparsePCA } from './sparse-pca.js';

const PROJECTION = { role: 'transformer', transform: transformProjection } as const;
const CENTRED = { role: 'transformer', transform: transformCentred } as const;
const SPARSE_PCA = { role: 'transformer', transform: transformSparsePCA } as const;

export const DECOMPOSITION = {
  FactorAnalysis: CENTRED,
  FastICA: CENTRED,
  IncrementalPCA: PROJECTION,
  KernelPCA: { role: 'transformer', transform: transformKernelPCA },
  MiniBatchSparsePCA: SPARSE_PCA,
  PCA: PROJECTION,
  SparsePCA: SPARSE_PCA,
  TruncatedSVD: PROJECTION,
} satisfies Rows<
  | Projection<'FactorAnalysis'>
  | Projection<'FastICA'>
  | Projection<'IncrementalPCA'>
  | KernelPCA
  | SparsePCA<'MiniBatchSparsePCA'>
  | Projection<'PCA'>
  | SparsePCA<'SparsePCA'>
  | Projection<'TruncatedSVD'>
>;
