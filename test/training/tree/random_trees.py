# Random data sets and parameters into the trees that scikit-learn grows from them, as JSON lines; arrays are base64 of their bytes.
# Arguments: how many, the first seed, and the words of `only` ('entropy' limits the criterion, 'named' takes the known data sets).
import base64, json, sys, warnings
import numpy as np
import sklearn.datasets
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.simplefilter('ignore')


def packed(array, dtype):
    return base64.b64encode(np.ascontiguousarray(array, dtype=dtype).tobytes()).decode()


def column(rng, n, others):
    kind = rng.randint(9)
    if kind == 0: made = rng.normal(size=n)
    elif kind == 1: made = rng.randint(0, rng.choice([2, 3, 5, 20]), n).astype(float)
    elif kind == 2: made = np.full(n, rng.choice([0.0, -0.0, 3.5, 1e30]))
    elif kind == 3: made = 1 + rng.randint(0, 6, n) * rng.choice([3e-8, 1e-7, 2e-7, 1e-3])
    elif kind == 4 and others: made = rng.choice([1.0, -1.0, 2.0]) * others[rng.randint(len(others))]
    elif kind == 5: made = 10.0 ** rng.uniform(-6, 9) * rng.normal(size=n)
    elif kind == 6: made = np.round(rng.lognormal(0, 1, n), 1)
    elif kind == 7: made = rng.standard_t(1, n).astype(np.float32).astype(float)
    else: made = rng.choice([-1.0, 0.0, -0.0, 1.0, 0.1, 1 / 3], n)
    if rng.rand() < 0.25: made = np.where(rng.rand(n) < rng.choice([0.02, 0.3, 0.9, 1.0]), np.nan, made)
    return made


def table(rng):
    n = int(rng.choice([2, 3, 5, 12, 30, 80, 200, 500, 1500], p=[.03, .04, .08, .2, .2, .2, .15, .07, .03]))
    d = int(rng.randint(1, 13))
    columns = []
    for _ in range(d): columns.append(column(rng, n, columns))
    X = np.stack(columns, axis=1)
    if rng.rand() < 0.2: X = X[rng.randint(0, n, n)]
    return X


def params(rng, d, regression, criterion):
    made = dict(random_state=int(rng.choice([0, 1, 42, 7, rng.randint(2**31 - 1)])), criterion=criterion)
    def sometimes(name, chance, values):
        if rng.rand() < chance: made[name] = values[rng.randint(len(values))]
    sometimes('splitter', 0.3, ['random'])
    sometimes('max_depth', 0.3, [1, 2, 3, 5, 10])
    sometimes('min_samples_split', 0.2, [2, 3, 10, 0.1, 0.5, 1.0])
    sometimes('min_samples_leaf', 0.25, [1, 2, 5, 0.05, 0.2])
    sometimes('min_weight_fraction_leaf', 0.15, [0.01, 0.1, 0.3, 0.5])
    sometimes('max_features', 0.4, ['sqrt', 'log2', 1, 2, d, 0.3, 0.7])
    sometimes('max_leaf_nodes', 0.25, [2, 3, 5, 12, 50])
    sometimes('min_impurity_decrease', 0.15, [0.001, 0.02, 0.2])
    sometimes('ccp_alpha', 0.2, [0.0005, 0.005, 0.03])
    return made


def target(rng, X, regression, criterion):
    n = len(X)
    signal = np.nan_to_num(X).clip(-5, 5) @ rng.normal(size=X.shape[1]) + rng.normal(0, rng.choice([0.0, 0.3, 2.0]), n)
    if not regression:
        classes = int(rng.choice([1, 2, 2, 2, 3, 4, 8, 20], p=[.03, .2, .2, .15, .2, .1, .08, .04]))
        ranks = np.argsort(np.argsort(signal)) * classes // n
        return ranks if rng.rand() < 0.7 else rng.randint(0, classes, n)
    kind = rng.randint(4)
    if criterion == 'poisson': made = rng.poisson(np.exp(np.clip(signal, -2, 2))).astype(float) if kind < 3 else rng.gamma(1.0, 2.0, n)
    elif kind == 0: made = signal
    elif kind == 1: made = np.round(signal)
    elif kind == 2: made = signal * 1e-3 + 1e4
    else: made = rng.randint(0, 3, n).astype(float)
    return made


def random_case(seed, only):
    rng = np.random.RandomState(seed)
    regression = rng.rand() < 0.5
    criteria = ['squared_error', 'squared_error', 'absolute_error', 'poisson'] if regression else ['gini', 'gini', 'entropy', 'log_loss']
    criterion = criteria[rng.randint(4)]
    if only == 'entropy': regression, criterion = False, 'entropy'
    X = table(rng)
    y = target(rng, X, regression, criterion)
    made = params(rng, X.shape[1], regression, criterion)
    if criterion == 'poisson' and y.sum() <= 0: y[0] = 1.0
    if not regression:
        classes, y = np.unique(y, return_inverse=True)
        kind = rng.randint(5)
        if kind == 1: made['class_weight'] = 'balanced'
        if kind == 2: made['class_weight'] = {int(k): float(rng.choice([0.0, 0.1, 1.0, 2.5, 1 / 3])) for k in range(len(classes))}
        if kind == 2 and sum(made['class_weight'].values()) == 0: made['class_weight'][0] = 1.0
    return X, y, made, regression


def named_cases():
    for name in ['iris', 'wine', 'breast_cancer', 'digits', 'diabetes']:
        X, y = getattr(sklearn.datasets, 'load_' + name)(return_X_y=True)
        regression = name == 'diabetes'
        for criterion in ['squared_error', 'absolute_error', 'poisson'] if regression else ['gini', 'entropy']:
            for more in [{}, {'splitter': 'random'}, {'max_features': 'sqrt'}, {'max_leaf_nodes': 12}, {'ccp_alpha': 0.01}, {'min_samples_leaf': 5}]:
                yield X, y, dict(random_state=42, criterion=criterion, **more), regression


def answer(X, y, made, regression):
    model = (DecisionTreeRegressor if regression else DecisionTreeClassifier)(**made).fit(X, y)
    t = model.tree_
    rng = np.random.RandomState(len(y))
    fresh = X[rng.randint(0, len(X), 40)] + rng.choice([0, 0, 1e-8, 0.5, np.nan], (40, X.shape[1]))
    asked = np.concatenate([X[:40], fresh])
    answers = model.predict(asked) if regression else model.predict_proba(asked)
    return dict(
        params=made, regression=regression, rows=len(X), width=t.value.shape[2],
        X=packed(X.T, 'f8'), y=packed(y, 'f8' if regression else 'i4'), asked=packed(asked.T, 'f8'), answers=packed(answers, 'f8'),
        importances=packed(model.feature_importances_, 'f8'),
        tree=dict(
            node_count=t.node_count, max_depth=t.max_depth,
            children_left=packed(t.children_left, 'i4'), children_right=packed(t.children_right, 'i4'), feature=packed(t.feature, 'i4'),
            threshold=packed(t.threshold, 'f8'), impurity=packed(t.impurity, 'f8'), n_node_samples=packed(t.n_node_samples, 'i4'),
            weighted_n_node_samples=packed(t.weighted_n_node_samples, 'f8'), missing_go_to_left=packed(t.missing_go_to_left, 'u1'),
            value=packed(t.value, 'f8'),
        ),
    )


count, first, only = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ''
cases = named_cases() if only == 'named' else (random_case(first + i, only) for i in range(count))
for X, y, made, regression in cases:
    print(json.dumps(answer(X, y, made, regression)))
