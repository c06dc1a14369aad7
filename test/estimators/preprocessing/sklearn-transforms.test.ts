// What real scikit-learn's transformers make of rows, mlctl makes of them too: each is pickled, read here and given the same rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Frame, widthOf } from '../../../src/estimators/frame.js';
import { frameOfMatrix } from '../../../src/estimators/frame-of-matrix.js';
import { PARTS } from '../../../src/estimators/parts.js';
import { readModel } from '../../../src/python/read-model.js';
import { pythonOf, runPython } from '../../support/python.js';

/** Numbers that JSON does not have are words, a missing text is null. */
type Cell = number | string | null;

interface Case {
  readonly name: string;
  readonly model: string;
  readonly text: boolean;
  readonly float32: boolean;
  readonly rows: Cell[][];
  /** Null if Python refuses the rows. */
  readonly made: Cell[][] | null;
  readonly back: Cell[][] | null;
}

const PROGRAM = `
import base64, functools, json, pickle, sys, warnings
import numpy as np, scipy.sparse, scipy.special
from sklearn.experimental import enable_iterative_imputer
from sklearn.compose import ColumnTransformer
from sklearn.impute import *
from sklearn.linear_model import Ridge
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import *
warnings.filterwarnings('ignore')
r = np.random.default_rng(4)

def cells(a):
    a = np.asarray(a.toarray() if scipy.sparse.issparse(a) else a)
    word = lambda x: None if x is None else x if isinstance(x, str) else str(float(x)) if not np.isfinite(x) else float(x)
    return [[word(x) for x in row] for row in a.tolist()]

made = []
def case(name, t, X, T, y=None, inverse=False):
    t.fit(X, y)
    try: out = t.transform(T)
    except ValueError: out = None
    back = t.inverse_transform(out) if inverse else None
    made.append(dict(name=name, model=base64.b64encode(pickle.dumps(t)).decode(), text=T.dtype == object, float32=T.dtype == np.float32,
        rows=cells(T), made=None if out is None else cells(out), back=None if back is None else cells(back)))

X = r.normal(size=(40, 3)) + [0, 2, -1]
T = np.vstack([X[:5], r.normal(size=(6, 3)) * 3, np.zeros((1, 3)), X.min(0), X.max(0)])
gaps = lambda A: np.where(r.random(A.shape) < .25, np.nan, A)
G, H = gaps(X), gaps(T)
for f in (np.float64, np.float32):
    A, B, C, D = (M.astype(f) for M in (X, T, G, H))
    for t in (StandardScaler(), StandardScaler(with_mean=False), MinMaxScaler((-1, 2)), MinMaxScaler(clip=True), MaxAbsScaler(), RobustScaler(quantile_range=(10., 70.)),
              PowerTransformer(), QuantileTransformer(n_quantiles=12), QuantileTransformer(n_quantiles=12, output_distribution='normal')):
        case(f'{t} {f.__name__}', t, C, D, inverse=f == np.float64)
    for t in (Normalizer('l1'), Normalizer(), Normalizer('max'), Binarizer(threshold=.3), PolynomialFeatures((2, 4), include_bias=False), PolynomialFeatures(3, interaction_only=True),
              KBinsDiscretizer(4), KBinsDiscretizer(4, encode='ordinal', strategy='uniform'), KBinsDiscretizer(3, encode='onehot-dense', strategy='kmeans', random_state=0),
              make_pipeline(KBinsDiscretizer(3), MaxAbsScaler(), Normalizer(), PolynomialFeatures((2, 3)))):
        case(f'{t} {f.__name__}', t, A, B)
    for extrapolation in ('constant', 'linear', 'continue', 'periodic'):
        for degree in (1, 3):
            case(f'spline {extrapolation} {degree} {f.__name__}', SplineTransformer(degree=degree, extrapolation=extrapolation, include_bias=degree == 3), A, B)
    for t in (SimpleImputer(add_indicator=True), SimpleImputer(strategy='median'), KNNImputer(n_neighbors=3, weights='distance'), KNNImputer(n_neighbors=60, add_indicator=True),
              IterativeImputer(max_iter=3), IterativeImputer(Ridge(), min_value=-1, add_indicator=True), MissingIndicator(features='all')):
        case(f'{t} {f.__name__}', t, C, D)
case('a value beyond the knots', SplineTransformer(extrapolation='error'), X, T)
case('box-cox', PowerTransformer('box-cox'), abs(X) + .1, abs(T) + .1, inverse=True)
case('box-cox of a negative number', PowerTransformer('box-cox'), abs(X) + .1, T)
E = X.copy(); E[:, 1] = np.nan
for keep in (False, True):
    for t in (SimpleImputer(keep_empty_features=keep), SimpleImputer(strategy='constant', keep_empty_features=keep), KNNImputer(keep_empty_features=keep), IterativeImputer(max_iter=2, keep_empty_features=keep)):
        case(f'{t}, a column without values', t, E, H)
case('a gap where training had none', MissingIndicator(), E, H)
W = np.vstack([T, [[np.nan, np.inf, -np.inf], [-0.0, .5, 2.5], [30, -30, 1e-9]]])
P = functools.partial
for g in (np.log1p, np.sqrt, np.exp, np.tanh, np.cbrt, np.arcsinh, np.sign, np.rint, np.isnan, np.log2, np.expm1, np.logical_not, scipy.special.expit, scipy.special.erf, scipy.special.erfc,
          scipy.special.ndtr, scipy.special.log_expit, P(np.add, 2.5), P(np.power, 2), P(np.maximum, .2), P(np.fmin, .1), P(np.clip, a_min=-.5, a_max=.7), abs, None):
    case(f'function {g}', FunctionTransformer(g), X, W)
for g, k in ((np.clip, dict(a_max=.5, a_min=None)), (np.nan_to_num, dict(nan=.25, posinf=9)), (np.round, dict(decimals=2))): case(f'function {g} {k}', FunctionTransformer(g, kw_args=k), X, W)
U = np.array([[.1, .5, .9], [.65, .301, 1e-300], [0, 1, 1 - 1e-16], [.0249, .075, .9251]])
for g in (scipy.special.logit, scipy.special.ndtri): case(f'function {g}', FunctionTransformer(g), X, U)
case('function that takes finite numbers', FunctionTransformer(np.exp, np.log, validate=True), X, W)

towns = np.array(['Ulm', 'Zürich', 'Ålborg', 'toString', '', '北京'], dtype=object)
A = towns[r.choice(6, size=(60, 2), p=[.4, .3, .1, .1, .05, .05])]; A[::7, 0] = np.nan
B = np.vstack([A[:12], np.array([['neu', 'Ulm'], ['Ulm', np.nan], [np.nan, 'Ulm ']], dtype=object)])
for k in (dict(), dict(drop='first'), dict(min_frequency=9, handle_unknown='infrequent_if_exist'), dict(max_categories=3, handle_unknown='warn', drop='first'), dict(max_categories=3), dict(handle_unknown='error'), dict(drop='if_binary', dtype=np.float32)):
    for sparse in (False, True):
        k = dict(handle_unknown='ignore') | k
        case(f'one-hot {k}', OneHotEncoder(sparse_output=sparse, **k), A, B)
for k in (dict(unknown_value=-1), dict(unknown_value=np.nan, encoded_missing_value=-2), dict(unknown_value=-1, min_frequency=9), dict(unknown_value=-5, max_categories=3, encoded_missing_value=-9)):
    case(f'ordinal {k}', OrdinalEncoder(handle_unknown='use_encoded_value', **k), A, B)
case('ordinal, unknown refused', OrdinalEncoder(), A, B)
for y in (r.normal(size=60), r.integers(0, 3, 60), np.array(['a', 'b'])[r.integers(0, 2, 60)]): case('target', TargetEncoder(random_state=0), A, B, y)
for k in (dict(strategy='most_frequent', add_indicator=True), dict(strategy='constant', fill_value='x'), dict(strategy='constant', missing_values='Ulm')):
    case(f'text {k}', SimpleImputer(**k), A if k.get('missing_values') is None else A[:, 1:], B if k.get('missing_values') is None else A[:, 1:])
N = np.column_stack([r.integers(0, 4, 50), r.integers(-2, 3, 50)]).astype(float)
for k in (dict(handle_unknown='ignore'), dict(drop='first')): case(f'one-hot of numbers {k}', OneHotEncoder(**k), N, np.vstack([N[:5], [[9, 0], [np.nan, -0.0]]]))
parts = [('a', MinMaxScaler(), [2, 0]), ('b', 'passthrough', slice(1, 2)), ('c', 'drop', [2]), ('d', KBinsDiscretizer(3), [-1]), ('m', RobustScaler(), [True, False, True]), ('e', StandardScaler(), [])]
for k in (dict(remainder='passthrough'), dict(transformer_weights={'a': 2.5}), dict(sparse_threshold=1.)): case(f'columns {k}', ColumnTransformer(parts, **k), X, T)
case('union', FeatureUnion([('p', 'passthrough'), ('k', KBinsDiscretizer(3)), ('n', 'drop'), ('c', ColumnTransformer([('s', StandardScaler(), [1])], remainder=MaxAbsScaler()))], transformer_weights={'p': .5}), X, T)
json.dump(made, sys.stdout)
`;

const numberOf = (cell: Cell): number =>
  cell === null || cell === 'nan'
    ? Number.NaN
    : typeof cell === 'string'
      ? Number(cell.replace('inf', 'Infinity'))
      : cell;

function frameOf({ rows, text, float32 }: Pick<Case, 'rows' | 'text' | 'float32'>): Frame {
  const width = rows[0]!.length;
  if (!text) {
    const values = Float64Array.from(rows.flat(), numberOf);
    return frameOfMatrix(rows.length, width, float32 ? Float32Array.from(values) : values);
  }
  const columns = Array.from({ length: width }, (_, j) => {
    const own = rows.map((row) => row[j]!);
    const nulls = Uint8Array.from(own, (cell) => Number(cell === 'nan'));
    return { kind: 'text' as const, name: `x${j}`, values: own.map(String), nulls };
  });
  return { rows: rows.length, columns };
}

function same(frame: Frame, wanted: Cell[][], tolerance: number, what: string): void {
  assert.equal(widthOf(frame), wanted[0]!.length, `${what}: width`);
  frame.columns.forEach((column, j) => {
    wanted.forEach((row, i) => {
      const where = `${what}: row ${i}, column ${j}`;
      const [found, cell] = [column.values[i]!, row[j]!];
      if (column.kind === 'text') {
        assert.equal(column.nulls?.[i] === 1 ? 'nan' : found, cell, where);
        return;
      }
      const number = numberOf(cell);
      if (Object.is(found, number) || found === number) return;
      const bound = tolerance + tolerance * Math.abs(number);
      assert.ok(Math.abs(Number(found) - number) <= bound, `${where}: ${found}, expected ${number}`);
    });
  });
}

const environment = pythonOf('mlflow');
const skip = 'skip' in environment ? environment.skip : false;

test('transformers answer as scikit-learn does', { skip }, async () => {
  const done = runPython((environment as { python: string }).python, PROGRAM);
  assert.equal(done.status, 0, done.stderr);
  const cases = JSON.parse(done.stdout) as Case[];
  assert.ok(cases.length > 100);
  for (const one of cases) {
    const part = await readModel(Buffer.from(one.model, 'base64'), 'pickle');
    const transform = () => PARTS.transform(part, frameOf(one));
    if (one.made === null) {
      assert.throws(transform, { name: 'MlctlError', exitCode: 5 }, one.name);
      continue;
    }
    const tolerance = one.float32 ? 2e-6 : 1e-13;
    same(transform(), one.made, tolerance, one.name);
    if (one.back === null) continue;
    const made = frameOf({ rows: one.made, text: false, float32: one.float32 });
    same(PARTS.inverse_transform(part, made), one.back, tolerance, `${one.name}, back`);
  }
});
