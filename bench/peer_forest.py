# The peer of bench/forest.ts: `make` saves a forest, a boosting and a pipeline as packages of MLflow, with rows and what the forest answers;
# `time` prints how many milliseconds scikit-learn takes for the rows on all processors, once it is warm.
import sys, pickle, time
import numpy as np

what, folder, count, features = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
if what == "make":
    import mlflow.sklearn, pandas as pd
    from mlflow.models import infer_signature
    from sklearn.compose import ColumnTransformer
    from sklearn.datasets import make_classification
    from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import KBinsDiscretizer, StandardScaler

    X, y = make_classification(20_000, features, n_informative=10, n_classes=3, random_state=0)
    rows = np.random.RandomState(1).randn(count, features) * 2
    frame = pd.DataFrame(X, columns=[f"x{j}" for j in range(features)])
    forest = RandomForestClassifier(100, random_state=0).fit(frame, y)
    boosting = HistGradientBoostingRegressor(max_iter=100, random_state=0).fit(frame, X[:, 0] * X[:, 1] + y)
    parts = [("scale", StandardScaler(), list(frame.columns[:15])), ("bins", KBinsDiscretizer(8, encode="onehot"), list(frame.columns[15:]))]
    columns = make_pipeline(ColumnTransformer(parts), LogisticRegression(max_iter=300)).fit(frame, y)
    for name, model in (("forest", forest), ("boosting", boosting), ("columns", columns)):
        signature = infer_signature(frame.head(5), model.predict(frame.head(5)))
        mlflow.sklearn.save_model(model, f"{folder}/{name}", serialization_format="cloudpickle", signature=signature)
    rows.tofile(f"{folder}/rows")
    forest.predict_proba(pd.DataFrame(rows, columns=frame.columns)).tofile(f"{folder}/answers")
else:
    forest = pickle.load(open(f"{folder}/forest/model.pkl", "rb")).set_params(n_jobs=-1)
    del forest.feature_names_in_
    rows = np.fromfile(f"{folder}/rows").reshape(-1, features)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        forest.predict_proba(rows)
        best = min(best, time.perf_counter() - start)
    print(best * 1000)
