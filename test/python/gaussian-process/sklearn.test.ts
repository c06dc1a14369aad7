// Gaussian processes of every kernel answer as Python does, and a kernel that goes round in a circle is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKernelTree } from '../../../src/python/gaussian-process/read-kernel-tree.js';
import type { Saved, SavedObject } from '../../../src/python/saved.js';
import { Value } from '../../../src/python/value.js';
import { sameAsSklearn } from '../../support/same-as-sklearn.js';

const NOISY = Object.fromEntries(
  ['rbf', 'aniso', 'rational', 'pairwise', 'nested', 'matern 0.7', 'matern 2.5'].map((name) => [
    `labels ${name}`,
    1e-11,
  ]),
);

sameAsSklearn(
  'every kernel',
  `
from sklearn.gaussian_process import *
from sklearn.gaussian_process.kernels import *
X = random.normal(size=(40, 3)); rows = random.normal(size=(12, 3)); y = random.normal(size=(40, 2))
kernels = dict(rbf=RBF(2.), aniso=RBF([1, 2, .5]), rational=RationalQuadratic(1.5, .7), pairwise=PairwiseKernel(metric='laplacian', gamma=.3),
  nested=(RBF(1.) + Matern(2., nu=.5)) * (2. * RBF(3.) + ConstantKernel(3)) ** 2 + WhiteKernel(.1))
for nu in (.3, .5, .7, 1., 1.5, 2., 2.5, 3.2, 7., 12.25, np.inf): kernels[f'matern {nu}'] = Matern(1.5, nu=nu)
for name, kernel in kernels.items():
    case(name, GaussianProcessRegressor(kernel, alpha=.2, optimizer=None, normalize_y=len(name) % 2 == 0), X, y, rows, 'predict')
for name in ('rbf', 'aniso', 'rational', 'pairwise', 'nested', 'matern 0.7', 'matern 2.5'):
    case(f'labels {name}', GaussianProcessClassifier(kernels[name], optimizer=None), X, y[:, 0] > 0, rows, 'predict', 'predict_proba')
`,
  // scikit-learn adds five error functions of up to 3,500 that cancel, so its last three digits are noise
  NOISY,
);

test('a kernel that holds itself is refused', () => {
  const entries: [Saved, Saved][] = [];
  const sum: SavedObject = {
    type: 'object',
    module: 'sklearn.gaussian_process.kernels',
    name: 'Sum',
    args: [],
    state: { type: 'dict', entries },
  };
  entries.push(['k1', sum], ['k2', sum]);
  assert.throws(() => readKernelTree(new Value(sum, 'kernel_'), 3), { code: 'MODEL_HOSTILE' });
});

test('a kernel that gives more than one number is refused by name', () => {
  const compound: SavedObject = {
    type: 'object',
    module: 'sklearn.gaussian_process.kernels',
    name: 'CompoundKernel',
    args: [],
    state: { type: 'dict', entries: [] },
  };
  assert.throws(() => readKernelTree(new Value(compound, 'kernel_'), 3), {
    code: 'MODEL_UNSUPPORTED',
    message: /CompoundKernel/,
  });
});
