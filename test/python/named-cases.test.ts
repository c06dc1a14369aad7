// Faults that other readers had, by their names, and honest twins of what attackers write: all answer as real scikit-learn does.
import { sameAsSklearn } from '../support/same-as-sklearn.js';

/** Rows at each threshold of the first trees and one step beside it, and rows with gaps. `predict_proba(rows)` has to match bit by bit. */
const EDGES = `
def edges(X, thresholds):
    rows = [X[:20]]
    for feature, threshold in thresholds:
        for value in (threshold, np.nextafter(threshold, -np.inf), np.nextafter(threshold, np.inf), float(np.float32(threshold)), np.nan):
            row = X[0].copy(); row[feature] = value; rows.append(row[None])
    for feature in range(X.shape[1]):
        row = X[1].copy(); row[feature] = np.nan; rows.append(row[None])
    rows.append(np.full((1, X.shape[1]), np.nan))
    return np.vstack(rows)
def splits(trees):
    return [(int(f), float(t)) for tree in trees for f, t in zip(tree.feature, tree.threshold) if f >= 0 and np.isfinite(t)][:40]
X = random.normal(size=(400, 4))
y = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int) + (X[:, 3] > 1)
gaps = X.copy(); gaps[random.random(X.shape) < 0.2] = np.nan
`;

sameAsSklearn(
  'treelite#706: a missing value goes where each split sends it, and a threshold is where Python has it',
  `${EDGES}
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier
tree = DecisionTreeClassifier(random_state=0).fit(gaps, y)
case('DecisionTreeClassifier', DecisionTreeClassifier(random_state=0), gaps, y, edges(gaps, splits([tree.tree_])), 'predict', 'predict_proba')
forest = RandomForestClassifier(20, random_state=0).fit(gaps, y)
case('RandomForestClassifier', RandomForestClassifier(20, random_state=0), gaps, y, edges(gaps, splits([e.tree_ for e in forest.estimators_])), 'predict', 'predict_proba')
case('ExtraTreesClassifier', ExtraTreesClassifier(20, random_state=0), gaps, y, edges(gaps, splits([e.tree_ for e in forest.estimators_])), 'predict', 'predict_proba')
case('HistGradientBoostingClassifier', HistGradientBoostingClassifier(max_iter=20, random_state=0), gaps, y, edges(gaps, splits([tree.tree_])), 'predict', 'predict_proba')
boosted = GradientBoostingClassifier(n_estimators=10, random_state=0).fit(X, y)
whole = edges(X, splits([e.tree_ for e in boosted.estimators_.ravel()]))
case('GradientBoostingClassifier', GradientBoostingClassifier(n_estimators=10, random_state=0), X, y, whole[~np.isnan(whole).any(axis=1)], 'predict', 'predict_proba')
`,
  {
    DecisionTreeClassifier: 0,
    RandomForestClassifier: 0,
    ExtraTreesClassifier: 0,
  },
);

sameAsSklearn(
  'honest twins of hostile files load: odd names, shared and nested parts, every protocol, numbers beyond 64 bits',
  `
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler
X = random.normal(size=(60, 3))
names = np.array(['__proto__', 'constructor', 'toString', 'os.system'])[(X[:, 0] > 0).astype(int) * 2 + (X[:, 1] > 0)]
case('labels such as __proto__', LogisticRegression(), X, names, X[:10], 'predict', 'predict_proba')
case('steps such as __class__', Pipeline([('constructor', StandardScaler()), ('eval', GaussianNB())]), X, names, X[:10], 'predict')
shared = StandardScaler()
case('a part in two places', Pipeline([('a', FeatureUnion([('x', shared), ('y', shared)])), ('m', LogisticRegression())]), X, names, X[:10], 'predict', 'predict_proba')
deep = LogisticRegression()
for _ in range(25): deep = Pipeline([('scale', StandardScaler()), ('next', deep)])
case('25 pipelines deep', deep, X, names, X[:10], 'predict')
case('a parameter beyond 64 bits', LogisticRegression(max_iter=2**40, random_state=None), X, names, X[:10], 'predict')
plain = pickle.dumps
for protocol in range(6):
    pickle.dumps = lambda model, p=protocol: plain(model, protocol=p)
    case('protocol %d' % protocol, LogisticRegression(), X, names, X[:10], 'predict', 'predict_proba')
`,
);
