// Turns calls of the libraries' own functions that put objects together again into the objects they return.
import type { Saved } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Call, Machine } from '../machine.js';
import { dictOf } from './builtin-calls.js';

/** scikit-learn's functions that return an empty object of the class they are given; its state follows. */
const NEW_OBJECT = [
  'sklearn.metrics._dist_metrics.newObj',
  'sklearn.neighbors._dist_metrics.newObj',
  'sklearn.neighbors._kd_tree.newObj',
  'sklearn.neighbors._ball_tree.newObj',
  'sklearn.neighbors._partition_nodes.newObj',
];

const LOSSES =
  'AbsoluteError ExponentialLoss HalfBinomialLoss HalfGammaLoss HalfMultinomialLoss HalfPoissonLoss HalfSquaredError ' +
  'HalfTweedieLoss HalfTweedieLossIdentity HuberLoss LossFunction PinballLoss';

/** Cython's functions: a class, a checksum of its layout, and its state. scikit-learn 1.5 calls its module only `_loss`. */
const UNPICKLE = [
  ...LOSSES.split(' ').map((name) => `sklearn._loss._loss.__pyx_unpickle_Cy${name}`),
  ...LOSSES.split(' ').map((name) => `_loss.__pyx_unpickle_Cy${name}`),
  'numpy.random.bit_generator.__pyx_unpickle_SeedSequence',
  'numpy.random.bit_generator.__pyx_unpickle_SeedlessSeedSequence',
];

export const LIBRARY_CALLS: readonly [string, Call][] = [
  ...NEW_OBJECT.map((name): [string, Call] => [name, emptyObject]),
  ...UNPICKLE.map((name): [string, Call] => [name, objectWithState]),
  ['sklearn.utils._bunch.Bunch', (machine) => dictOf(machine, undefined)],
  ['sklearn.utils.Bunch', (machine) => dictOf(machine, undefined)],
  ['numpy.random._pickle.__randomstate_ctor', () => randomObject('numpy.random.mtrand', 'RandomState', [])],
  [
    'numpy.random._pickle.__generator_ctor',
    (_machine, args) => randomObject('numpy.random._generator', 'Generator', args),
  ],
  ['numpy.random._pickle.__bit_generator_ctor', bitGenerator],
];

function emptyObject(machine: Machine, args: readonly Saved[]): Saved {
  const { module, name } = expectKind(machine, args[0], 'name', 'a class');
  return { type: 'object', module, name, args: [], state: null };
}

function objectWithState(machine: Machine, args: readonly Saved[]): Saved {
  const { module, name } = expectKind(machine, args[0], 'name', 'a class');
  return { type: 'object', module, name, args: [], state: args[2] ?? null };
}

/** The state of a source of random numbers is kept, but nothing draws from it. */
function randomObject(module: string, name: string, args: readonly Saved[]): Saved {
  return { type: 'object', module, name, args, state: null };
}

/** By its class, or by its name in the versions of numpy before 2. */
function bitGenerator(machine: Machine, args: readonly Saved[]): Saved {
  return typeof args[0] === 'string' ? randomObject('numpy.random', args[0], []) : emptyObject(machine, args);
}
