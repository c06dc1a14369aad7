// Models whose attributes do not fit together, or say what mlctl does not know, are refused when they are read (linear models,
// support vectors, discriminants, Bayes, networks and dummies).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { isSupportName } from '../../src/python/is-support-name.js';
import { readPickle } from '../../src/python/pickle/read-pickle.js';
import { isEstimator, readEstimator } from '../../src/python/read-estimator.js';
import type { Saved, SavedArray, SavedDict, SavedObject } from '../../src/python/saved.js';
import { FIXTURES } from '../support/paths.js';

const isKnown = (module: string, name: string) => isEstimator(module, name) || isSupportName(module, name);

/** A recorded model as plain data. */
function savedOf(file: string, name: string): SavedObject {
  const all = JSON.parse(readFileSync(join(FIXTURES, 'python', 'answers', `${file}.json`), 'utf8'));
  const { pickle } = all.find((one: { name: string }) => one.name === name);
  return readPickle(Buffer.from(pickle, 'base64'), isKnown) as SavedObject;
}

type Change = (value: Saved) => Saved;

/** The model with another value at a place such as `coef_.indices`. */
function spoil(object: SavedObject, place: string, change: Change): void {
  const [name, ...rest] = place.split('.');
  const entry = (object.state as SavedDict).entries.find(([key]) => key === name);
  assert.ok(entry, `there is ${place}`);
  if (rest.length > 0) spoil(entry[1] as SavedObject, rest.join('.'), change);
  else entry[1] = change(entry[1]);
}

const to =
  (value: Saved): Change =>
  () =>
    value;
const float = (...values: number[]): SavedArray => ({
  type: 'array',
  dtype: { kind: 'f', size: 8 },
  shape: [values.length],
  values: Float64Array.from(values),
  fields: null,
});
const shaped =
  (...shape: number[]): Change =>
  (value) =>
    ({ ...(value as SavedArray), shape }) as SavedArray;
const tuple = (...items: Saved[]): Saved => ({ type: 'tuple', items });
const list = (...items: Saved[]): Saved => ({ type: 'list', items });
const numbersOf = (value: Saved) => Array.from((value as SavedArray).values as ArrayLike<number>, Number);
/** The same numbers with another one at a position. */
const put =
  (at: number, number: number): Change =>
  (value) =>
    float(...numbersOf(value).map((x, i) => (i === at ? number : x)));
const first: Change = (value) => list(...(value as { items: Saved[] }).items.slice(0, 1));

const MALFORMED: [file: string, name: string, place: string, change: Change][] = [
  ['linear-model', 'several-targets', 'coef_', shaped(1, 2, 3)],
  ['linear-model', 'several-targets', 'intercept_', to(float(1, 2, 3))],
  ['linear-model', 'huber', 'intercept_', to(float(1, 2))],
  ['linear-model', 'logistic-of-two', 'coef_', shaped(3, 1)],
  ['linear-model', 'logistic-of-two', 'classes_', to(float(1))],
  ['linear-model', 'sgd-log', 'coef_', shaped(1, 9)],
  ['linear-model', 'sparsified', 'coef_.indices', put(0, 3)],
  ['linear-model', 'sparsified', 'coef_.indptr', put(1, 99)],
  ['linear-model', 'sparsified', 'coef_.indptr', put(0, 1)],
  ['linear-model', 'sgd-one-class', 'offset_', to(float(1, 2))],
  ['linear-model', 'ridge-classifier-of-labels', 'coef_', shaped(9, 1)],
  ['linear-model', 'ridge-classifier-of-labels', '_label_binarizer.classes_', to(float())],
  ['svm', 'three-classes', '_n_support', put(0, 1)],
  ['svm', 'three-classes', '_n_support', put(0, -1)],
  ['svm', 'three-classes', '_dual_coef_', (value) => shaped(1, (value as SavedArray).shape[1]! * 2)(value)],
  ['svm', 'three-classes', '_intercept_', to(float(1, 2))],
  ['svm', 'three-classes', '_probA', to(float(1))],
  ['svm', 'three-classes', 'support_vectors_', (value) => shaped((value as SavedArray).shape[0]! * 3, 1)(value)],
  ['svm', 'precomputed', 'support_', put(0, 40)],
  ['svm', 'sparse', 'support_vectors_.indices', (value) => float(...numbersOf(value).reverse())],
  ['svm', 'sparse', '_dual_coef_.data', to(float(1))],
  ['discriminant-analysis', 'linear-svd', 'xbar_', to(float(1))],
  ['discriminant-analysis', 'linear-svd', 'scalings_', shaped(2, 3)],
  ['discriminant-analysis', 'quadratic', 'rotations_', first],
  ['discriminant-analysis', 'quadratic', 'scalings_', to(list(float(1), float(1), float(1)))],
  ['discriminant-analysis', 'quadratic', 'priors_', to(float(1))],
  ['naive-bayes', 'gaussian', 'var_', shaped(1, 9)],
  ['naive-bayes', 'multinomial', 'feature_log_prob_', shaped(9, 1)],
  ['naive-bayes', 'categorical', 'class_log_prior_', to(float(1))],
  ['neural-network', 'relu', 'coefs_', first],
  ['neural-network', 'relu', 'intercepts_', to(list(float(1), float(1), float(1)))],
  ['neural-network', 'labels', '_label_binarizer.classes_', to(float(1, 2))],
  ['neural-network', 'boltzmann', 'intercept_hidden_', to(float(1, 2, 3))],
  ['dummy', 'quantiles', 'constant_', to(float(1, 2, 3))],
  ['dummy', 'several-targets', 'class_prior_', first],
  ['dummy', 'constant', 'constant', to('vielleicht')],
];

const UNKNOWN: [file: string, name: string, place: string, value: Saved][] = [
  ['linear-model', 'sparsified', 'coef_._shape', tuple(3n, 10n ** 12n)],
  ['linear-model', 'sgd-log', 'loss', 'cubic'],
  ['linear-model', 'tweedie-log', 'link', 'cube'],
  ['linear-model', 'ridge-classifier-of-two', '_label_binarizer.y_type_', 'multiclass-multioutput'],
  ['linear-model', 'ridge-classifier-of-two', '_label_binarizer.sparse_input_', true],
  ['svm', 'three-classes', 'kernel', { type: 'name', module: 'sklearn.metrics.pairwise', name: 'chi2_kernel' }],
  ['svm', 'pairs', 'break_ties', true],
  ['svm', 'pairs', 'decision_function_shape', 'ovx'],
  ['discriminant-analysis', 'linear-svd', 'solver', 'qr'],
  ['neural-network', 'relu', 'activation', 'swish'],
  ['dummy', 'prior', '_strategy', 'stratified'],
  ['dummy', 'prior', '_strategy', 'uniform'],
  ['dummy', 'prior', 'sparse_output_', true],
];

function refusalOf(file: string, name: string, place: string, change: Change): MlctlError {
  const object = savedOf(`${file}-1.9.1`, name);
  readEstimator(object);
  spoil(object, place, change);
  try {
    readEstimator(object);
  } catch (error) {
    if (error instanceof MlctlError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was read' });
}

describe('a model that does not fit together is malformed', () => {
  for (const [at, [file, name, place, change]] of MALFORMED.entries())
    test(`${at}: ${place} of ${file} ${name}`, () => {
      assert.equal(refusalOf(file, name, place, change).code, 'MODEL_MALFORMED');
    });
});

describe('what mlctl does not know is refused by name', () => {
  for (const [file, name, place, value] of UNKNOWN)
    test(`${place} of ${file} ${name}`, () => {
      const { code, message } = refusalOf(file, name, place, to(value));
      assert.equal(code, 'MODEL_UNSUPPORTED');
      assert.ok(message.startsWith(`cannot read ${place.split('.')[0]}`), message);
    });
});
