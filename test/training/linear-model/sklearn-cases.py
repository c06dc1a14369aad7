"""Writes data sets and what scikit-learn's LinearRegression and Ridge learn from them: python sklearn-cases.py FOLDER."""
import json
import sys
import warnings

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression, Ridge

warnings.simplefilter('ignore')
folder = sys.argv[1]
rng = np.random.RandomState(20)


def target(X, noise=0.5):
    return X @ rng.normal(0, 2, X.shape[1]) + 3 + rng.normal(0, noise, len(X))


def normal(rows, columns):
    return rng.normal(0, 1, (rows, columns)) + rng.normal(0, 3, columns)


def housing(rows):
    """Like the California housing data: skewed columns of very different sizes."""
    income = rng.lognormal(1.2, 0.45, rows)
    rooms = rng.lognormal(1.6, 0.3, rows)
    population = np.round(rng.lognormal(6.9, 0.7, rows))
    latitude, longitude = rng.uniform(32, 42, rows), rng.uniform(-124, -114, rows)
    X = np.column_stack([income, np.round(rng.uniform(1, 52, rows)), rooms, rooms / 5, population, population / 400, latitude, longitude])
    return X, np.minimum(0.45 * income - 0.4 * (latitude - 36) - 0.4 * (longitude + 119) + rng.lognormal(0, 0.4, rows), 5)


def cases():
    for rows, columns in [(60, 3), (500, 12), (5, 5), (30, 1), (2000, 60), (1000, 23)]:
        X = normal(rows, columns)
        yield f'normal {rows} x {columns}', X, target(X)
    X = normal(100_000, 20)
    yield 'tall', X, target(X)
    X, y = load_diabetes(return_X_y=True)
    yield 'diabetes', X, y
    X, y = load_diabetes(return_X_y=True, scaled=False)
    yield 'diabetes, not scaled', X, y
    yield 'housing', *housing(3000)
    for noise in [1e-2, 1e-4]:
        X = normal(400, 6)
        X[:, 3] = X[:, 1] + noise * rng.normal(0, 1, 400)
        yield f'collinear up to {noise}', X, target(X)
    for noise in [1e-8, 1e-10, 0]:
        X = normal(400, 6)
        X[:, 3] = X[:, 1] - 2 * X[:, 5] + noise * rng.normal(0, 1, 400)
        yield f'rank 5 of 6 up to {noise}', X, target(X)
    X = normal(300, 4) @ normal(4, 30)
    yield 'rank 4 of 30', X, target(X)
    X = np.eye(4)[rng.randint(0, 4, 200)]
    X = np.column_stack([X, np.eye(3)[rng.randint(0, 3, 200)], rng.normal(0, 1, 200)])
    yield 'all categories of two columns', X, target(X)
    X = normal(200, 5)
    X[:, 2] = 7.3
    X[:, 4] = 0
    yield 'constant columns', X, target(X)
    X = normal(200, 5)
    X[:, 1] = X[:, 0]
    yield 'a column twice', X, target(X)
    for rows, columns in [(20, 50), (7, 300), (2, 3), (120, 121)]:
        X = normal(rows, columns)
        yield f'wide {rows} x {columns}', X, target(X)
    X = normal(30, 8) @ normal(8, 70)
    yield 'wide, rank 8', X, target(X)
    X = normal(300, 5) * [1e-3, 1, 1e2, 10, 1]
    yield 'columns of five sizes', X, target(X)
    X = normal(300, 4) * [1e-9, 1, 1e3, 1e8]
    yield 'columns beyond tol', X, target(X)
    X = normal(300, 5)
    for scale in [1e-140, 1e-30, 1e30, 1e140, 1e303]:
        yield f'size {scale}', X * scale, target(X)
        yield f'target of size {scale}', X, target(X) * scale
    yield 'far from zero', X + 1e6, target(X)
    yield 'one row', X[:1], np.array([2.5])
    yield 'two equal rows', np.array([[1.0, 2], [1, 2]]), np.array([1.0, 3])
    yield 'a constant target', X, np.full(300, -4.75)


MODELS = [
    dict(kind='linear', fit_intercept=True, tol=1e-6),
    dict(kind='linear', fit_intercept=False, tol=1e-6),
    dict(kind='linear', fit_intercept=True, tol=1e-3),
    *[dict(kind='ridge', fit_intercept=i, alpha=a, solver=s) for i in (True, False) for a in (1.0, 1e-3, 250.0) for s in ('auto', 'svd')],
    dict(kind='ridge', fit_intercept=True, alpha=0.0, solver='cholesky'),
]

def singular_values(X):
    return {i: np.linalg.svd(X - X.mean(axis=0) if i else X, compute_uv=False) for i in (True, False)}


def noise(s, params):
    """How far scikit-learn's own coefficients may be off by rounding, as a part of the greatest."""
    if params['kind'] == 'linear':
        s = s[s > params['tol'] * s[0]]
        return float(np.finfo(float).eps * s[0] / s[-1]) if len(s) else 0.0
    squares = s**2 + params['alpha']
    condition = squares[0] / squares[-1] if squares[-1] > 0 else np.inf
    # `svd` works on X itself, the others on its square
    return min(1.0, float(np.finfo(float).eps * (np.sqrt(condition) if params['solver'] == 'svd' else condition)))


written = []
for name, X, y in cases():
    X, y = np.ascontiguousarray(X, float), np.ascontiguousarray(y, float)
    number = len(written)
    fresh = X[rng.permutation(len(X))[:50]] * (1 + rng.normal(0, 0.1, (min(len(X), 50), X.shape[1])))
    for part, values in [('X', X), ('y', y), ('fresh', fresh)]:
        values.tofile(f'{folder}/{number}.{part}')
    answers, singular = [], singular_values(X)
    for params in MODELS:
        kind = params['kind']
        if kind == 'ridge' and max(np.abs(X).max(), np.abs(y).max()) > 1e300:
            continue  # scikit-learn squares them and fails
        rest = {k: v for k, v in params.items() if k != 'kind'}
        model = (LinearRegression if kind == 'linear' else Ridge)(**rest).fit(X, y)
        answers.append({'params': params, 'noise': noise(singular[params['fit_intercept']], params), 'coef': model.coef_.tolist(), 'intercept': float(model.intercept_),
                        'fitted': model.predict(X[:50]).tolist(), 'fresh': model.predict(fresh).tolist()})
    written.append({'name': name, 'rows': len(X), 'features': X.shape[1], 'answers': answers})
json.dump(written, open(f'{folder}/cases.json', 'w'))
