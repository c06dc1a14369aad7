# Makes the models of the figure `python` with real Python, and times LightGBM's own library.
import os, sys, time, warnings
warnings.filterwarnings('ignore')
what, folder = sys.argv[1], sys.argv[2]
import numpy as np
if what == 'iris':
    import mlflow.sklearn
    from mlflow.models import infer_signature
    from sklearn.datasets import load_iris
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    X, y = load_iris(return_X_y=True, as_frame=True)
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y)
    mlflow.sklearn.save_model(model, os.path.join(folder, 'iris'), signature=infer_signature(X, model.predict(X)), input_example=X[:3])
else:
    import lightgbm
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(1000, 20))
    if what == 'make':
        X = rng.normal(size=(20_000, 20))
        y = (X[:, 0] * X[:, 1] + np.sin(3 * X[:, 2]) + rng.normal(scale=0.3, size=20_000) > 0).astype(int)
        lightgbm.LGBMClassifier(n_estimators=500, verbose=-1).fit(X, y).booster_.save_model(os.path.join(folder, 'model.txt'))
        rows.tofile(os.path.join(folder, 'rows'))
    else:
        booster = lightgbm.Booster(model_file=os.path.join(folder, 'model.txt'))
        rows = np.fromfile(os.path.join(folder, 'rows')).reshape(1000, 20)
        best = 1e9
        for _ in range(30):
            start = time.perf_counter()
            booster.predict(rows, num_threads=1)
            best = min(best, (time.perf_counter() - start) * 1000)
        print(best)
