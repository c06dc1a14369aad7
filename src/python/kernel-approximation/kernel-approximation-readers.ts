// Turns every class of sklearn.kernel_approximation, kernel_ridge and random_projection into how it is read from what Python saved.
import type { KERNEL_APPROXIMATION } from '../../estimators/kernel-approximation/table.js';
import { readDirections } from '../decomposition/read-projection.js';
import type { ReadersOf } from '../reader.js';
import { readKernelRidge, readNystroem } from './read-kernel-machines.js';
import {
  readAdditiveChi2Sampler,
  readPolynomialCountSketch,
  readRBFSampler,
  readSkewedChi2Sampler,
} from './read-samplers.js';

const modules = ['sklearn.kernel_approximation'];

export const KERNEL_APPROXIMATION_READERS = {
  AdditiveChi2Sampler: { modules, read: readAdditiveChi2Sampler },
  GaussianRandomProjection: {
    modules: ['sklearn.random_projection'],
    read: (attributes) => readDirections('GaussianRandomProjection', attributes),
  },
  KernelRidge: { modules: ['sklearn.kernel_ridge'], read: readKernelRidge },
  Nystroem: { modules, read: readNystroem },
  PolynomialCountSketch: { modules, read: readPolynomialCountSketch },
  RBFSampler: { modules, read: readRBFSampler },
  SkewedChi2Sampler: { modules, read: readSkewedChi2Sampler },
  SparseRandomProjection: {
    modules: ['sklearn.random_projection'],
    read: (attributes) => readDirections('SparseRandomProjection', attributes),
  },
} satisfies ReadersOf<typeof KERNEL_APPROXIMATION>;
