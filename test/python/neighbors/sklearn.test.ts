// Neighbours are found as scikit-learn finds them: every metric, and the ties of whole numbers by each way of searching.
import { sameAsSklearn } from '../../support/same-as-sklearn.js';

sameAsSklearn(
  'every metric and way of searching',
  `
from sklearn.neighbors import *
X = random.normal(size=(70, 4)) + [0, 1, 2, 5]
rows = np.vstack([random.normal(size=(20, 4)) + [0, 1, 2, 5], X[:3]])
y = random.normal(size=(70, 2))
whole = random.integers(0, 4, size=(70, 4)).astype(float)
asked = np.vstack([random.integers(0, 4, size=(20, 4)), whole[:3]]).astype(float)
labels = np.array(['a', 'b', 'ü'])[random.integers(0, 3, size=70)]
params = dict(
    seuclidean=dict(V=X.var(axis=0)), mahalanobis=dict(VI=np.linalg.inv(np.cov(X.T))), minkowski=dict(w=np.array([1, 2, .5, 3])))
for metric in ('euclidean', 'manhattan', 'chebyshev', 'minkowski', 'seuclidean', 'mahalanobis', 'canberra', 'braycurtis', 'hamming', 'cosine',
               'correlation', 'sqeuclidean', 'nan_euclidean'):
    for algorithm in ('brute', 'kd_tree', 'ball_tree'):
        exact = metric not in ('cosine', 'correlation')
        for how, model, data, target, ask in (
            ('points', lambda: KNeighborsRegressor(5, weights='distance', metric=metric, p=3, metric_params=params.get(metric), algorithm=algorithm, leaf_size=4), X, y, rows),
            ('ties', lambda: KNeighborsClassifier(5, metric=metric, p=3, algorithm=algorithm, leaf_size=4), whole, labels, asked)):
            if how == 'ties' and (not exact or metric in params and metric != 'minkowski'): continue
            try: fitted = model().fit(data, target)
            except ValueError: continue
            case(f'{metric} {algorithm} {how}', model(), data, target, ask, *(['predict'] if how == 'points' else ['predict', 'predict_proba']))
bits = (random.random((60, 8)) < .5).astype(float)
for metric in ('jaccard', 'dice', 'rogerstanimoto', 'russellrao', 'sokalsneath', 'yule', 'hamming'):
    for algorithm in ('brute', 'ball_tree'):
        if metric == 'yule' and algorithm == 'ball_tree': continue
        case(f'{metric} {algorithm} bits', KNeighborsClassifier(4, weights='distance', metric=metric, algorithm=algorithm, leaf_size=5), bits, labels[:60], bits[::3][:, ::-1], 'predict', 'predict_proba')
sphere = X[:, :2] * .3
case('haversine', KNeighborsRegressor(3, metric='haversine', weights='distance'), sphere, y, rows[:, :2] * .3, 'predict')
`,
  // near points differ from 1 in the last places only
  { 'correlation brute points': 1e-11, 'cosine brute points': 1e-11 },
);

sameAsSklearn(
  'radius, outliers, centres and graphs',
  `
from sklearn.neighbors import *
X = random.normal(size=(60, 3))
rows = np.vstack([random.normal(size=(20, 3)) * 1.5, X[:3]])
classes = random.integers(0, 3, size=60)
for label in ('most_frequent', 7, 1):
    for algorithm in ('brute', 'kd_tree'):
        for p in (1, 2):
            for weights in ('uniform', 'distance'):
                case(f'radius {label} {algorithm} {p} {weights}', RadiusNeighborsClassifier(.9, algorithm=algorithm, p=p, weights=weights, outlier_label=label), X, classes, rows, 'predict', 'predict_proba')
case('whole targets without neighbours', RadiusNeighborsRegressor(.7), X, classes, rows, 'predict')
case('targets without neighbours', RadiusNeighborsRegressor(.7, weights='distance'), X, classes * .5, rows, 'predict')
case('two targets', RadiusNeighborsClassifier(.7, outlier_label=[1, 5]), X, np.stack([classes, classes % 2], 1), rows, 'predict')
for metric in ('euclidean', 'manhattan'):
    for priors in ('uniform', 'empirical'):
        case(f'centres {metric} {priors}', NearestCentroid(metric=metric, shrink_threshold=.2, priors=priors), X, classes, rows, 'predict', *(['predict_proba', 'decision_function'] if metric == 'euclidean' else []))
case('outlier factor', LocalOutlierFactor(7, novelty=True), X, None, rows, 'predict', 'decision_function', 'score_samples')
for mode in ('distance', 'connectivity'):
    case(f'nearest graph {mode}', KNeighborsTransformer(mode=mode), X, None, rows, 'transform')
    case(f'radius graph {mode}', RadiusNeighborsTransformer(mode=mode, radius=1.2), X, None, rows, 'transform')
`,
);
