// A boosted model that is a step of a pipeline answers its labels, whatever their type is.
import { sameAsSklearn } from '../../support/same-as-sklearn.js';

sameAsSklearn(
  'boosted models inside a pipeline answer as in Python',
  `
from lightgbm import LGBMClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
X = random.normal(size=(120, 3))
codes = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)
for name, labels in dict(floats=[1.0, 2.0, 3.0], whole=[2, 1, 0], texts=['1', '2', '0'], far=[-7.0, 0.0, 1.0]).items():
    y = np.asarray(labels)[codes]
    model = make_pipeline(StandardScaler(), LGBMClassifier(n_estimators=5, verbose=-1))
    case(name, model, X, y, X[:20], 'predict', 'predict_proba')
`,
  {},
  'models',
);
