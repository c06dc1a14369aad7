// What a file says of a transformer is checked when it is read: shapes and places that do not fit, and functions that are not known.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEstimator } from '../../../src/python/read-estimator.js';
import type { Saved, SavedArray, SavedObject } from '../../../src/python/saved.js';

const dict = (entries: Readonly<Record<string, Saved>>): Saved => ({ type: 'dict', entries: Object.entries(entries) });
const list = (...items: Saved[]): Saved => ({ type: 'list', items });
const tuple = (...items: Saved[]): Saved => ({ type: 'tuple', items });

const object = (name: string, attributes: Readonly<Record<string, Saved>>): SavedObject => {
  const dot = name.lastIndexOf('.');
  const [module, own] = [name.slice(0, dot), name.slice(dot + 1)];
  return { type: 'object', module, name: own, args: [], state: dict(attributes) };
};

const numbers = (values: readonly number[], shape: readonly number[] = [values.length]): SavedArray => ({
  type: 'array',
  dtype: { kind: 'f', size: 8 },
  shape,
  values: Float64Array.from(values),
  fields: null,
});

const ENCODERS = 'sklearn.preprocessing._encoders';
const scaler = object('sklearn.preprocessing._data.MaxAbsScaler', { n_features_in_: 1n, scale_: numbers([2]) });

const oneHot = (changed: Readonly<Record<string, Saved>>) =>
  object(`${ENCODERS}.OneHotEncoder`, {
    categories_: list(list('a', 'b'), list('x', 'y', 'z')),
    handle_unknown: 'ignore',
    drop_idx_: null,
    ...changed,
  });

const columns = (changed: Readonly<Record<string, Saved>>) =>
  object('sklearn.compose._column_transformer.ColumnTransformer', {
    n_features_in_: 2n,
    transformers_: list(tuple('a', scaler, list(1n))),
    ...changed,
  });

const spline = (t: readonly number[], c: SavedArray) =>
  object('sklearn.preprocessing._polynomial.SplineTransformer', {
    n_features_in_: 1n,
    extrapolation: 'constant',
    include_bias: true,
    bsplines_: list(object('scipy.interpolate._bsplines.BSpline', { k: 1n, t: numbers(t), c })),
  });

const functionOf = (func: Saved, kw_args: Saved = null) =>
  object('sklearn.preprocessing._function_transformer.FunctionTransformer', { func, kw_args, validate: false });

const name = (module: string, own: string): Saved => ({ type: 'name', module, name: own });

describe('what does not fit together is refused at reading', () => {
  const malformed: Readonly<Record<string, Saved>> = {
    'groups for other categories': oneHot({
      _infrequent_enabled: true,
      _default_to_infrequent_mappings: list(null, numbers([0, 1])),
    }),
    'a group that is not there': oneHot({
      _infrequent_enabled: true,
      _default_to_infrequent_mappings: list(null, numbers([0, 1, 3])),
    }),
    'dropped categories of other columns': oneHot({ drop_idx_: list(0n) }),
    'a column beyond': columns({ transformers_: list(tuple('a', scaler, list(2n))) }),
    'a column beyond, by what was kept': columns({ _transformer_to_input_indices: dict({ a: list(2n) }) }),
    'a mask of other columns': columns({ transformers_: list(tuple('a', scaler, list(true))) }),
    'a name that no column has': columns({ transformers_: list(tuple('a', scaler, list('age'))) }),
    'knots that fall': spline([0, 1, 0.5, 2], numbers([1, 0, 0, 1], [2, 2])),
    'too few knots': spline([0, 1, 2], numbers([1, 0, 0, 1], [2, 2])),
    'too few splines': spline([0, 1, 2, 3], numbers([1, 0], [1, 2])),
    'edges that fall': object('sklearn.preprocessing._discretization.KBinsDiscretizer', {
      bin_edges_: list(numbers([0, 2, 1])),
      encode: 'ordinal',
    }),
  };
  for (const [what, saved] of Object.entries(malformed))
    test(what, () => assert.throws(() => readEstimator(saved), { code: 'MODEL_MALFORMED' }));

  test('the same with nothing changed is read', () => {
    for (const saved of [oneHot({}), columns({}), spline([0, 1, 2, 3], numbers([1, 0, 0, 1], [2, 2]))])
      assert.ok(readEstimator(saved));
  });
});

describe('what mlctl does not know is refused by name', () => {
  const unknown: Readonly<Record<string, readonly [Saved, RegExp]>> = {
    'a function of another library': [functionOf(name('os', 'system')), /os\.system/],
    'a function that takes rows': [functionOf(name('numpy', 'sort')), /numpy\.sort/],
    'an argument that a function does not take': [
      functionOf(name('numpy', 'clip'), dict({ a_min: 0n, where: 1n })),
      /kw_args/,
    ],
    'a degree of millions of products': [
      object('sklearn.preprocessing._polynomial.PolynomialFeatures', {
        n_features_in_: 50n,
        degree: 40n,
        interaction_only: false,
        include_bias: true,
      }),
      /degree/,
    ],
    'a degree that makes no columns any more': [
      object('sklearn.preprocessing._polynomial.PolynomialFeatures', {
        n_features_in_: 3n,
        degree: 10n ** 15n,
        interaction_only: true,
        include_bias: true,
      }),
      /degree/,
    ],
    'a way to take unknown categories': [oneHot({ handle_unknown: 'guess' }), /guess/],
  };
  for (const [what, [saved, words]] of Object.entries(unknown))
    test(what, () => assert.throws(() => readEstimator(saved), { code: 'MODEL_UNSUPPORTED', message: words }));
});
