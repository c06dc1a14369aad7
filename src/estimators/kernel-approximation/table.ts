// Turns every class of sklearn.kernel_approximation, kernel_ridge and random_projection into how it is evaluated.
import { type Projection, transformProjection } from '../decomposition/projection.js';
import type { Rows } from '../evaluator.js';
import { type AdditiveChi2Sampler, transformAdditiveChi2Sampler } from './additive-chi2-sampler.js';
import { type KernelRidge, predictKernelRidge } from './kernel-ridge.js';
import { type Nystroem, transformNystroem } from './nystroem.js';
import { type PolynomialCountSketch, transformPolynomialCountSketch } from './polynomial-count-sketch.js';
import {
  type RBFSampler,
  type SkewedChi2Sampler,
  transformRBFSampler,
  transformSkewedChi2Sampler,
} from './random-waves.js';

export const KERNEL_APPROXIMATION = {
  AdditiveChi2Sampler: { role: 'transformer', transform: transformAdditiveChi2Sampler },
  GaussianRandomProjection: { role: 'transformer', transform: transformProjection },
  KernelRidge: { role: 'regressor', predict: predictKernelRidge },
  Nystroem: { role: 'transformer', transform: transformNystroem },
  PolynomialCountSketch: { role: 'transformer', transform: transformPolynomialCountSketch },
  RBFSampler: { role: 'transformer', transform: transformRBFSampler },
  SkewedChi2Sampler: { role: 'transformer', transform: transformSkewedChi2Sampler },
  SparseRandomProjection: { role: 'transformer', transform: transformProjection },
} satisfies Rows<
  | AdditiveChi2Sampler
  | Projection<'GaussianRandomProjection'>
  | KernelRidge
  | Nystroem
  | PolynomialCountSketch
  | RBFSampler
  | SkewedChi2Sampler
  | Projection<'SparseRandomProjection'>
>;
