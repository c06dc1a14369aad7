# The peer of `mlctl train --register`: the tutorial's steps in Python, logged to a SQLite store in the current folder.
import warnings; warnings.filterwarnings("ignore")
import mlflow, mlflow.sklearn, pandas as pd
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score
from sklearn.model_selection import train_test_split

mlflow.set_tracking_uri("sqlite:///mlflow.db")
mlflow.set_experiment("03-models-pyfunc")
iris = load_iris(as_frame=True)
X_tr, X_te, y_tr, y_te = train_test_split(iris.data, iris.target, test_size=0.2, random_state=42, stratify=iris.target)
with mlflow.start_run(run_name="logreg_v1"):
    model = LogisticRegression(C=1.0, max_iter=200).fit(X_tr, y_tr)
    predicted = model.predict(X_te)
    mlflow.log_params({"C": 1.0, "max_iter": 200})
    mlflow.log_metrics({
        "val_acc": accuracy_score(y_te, predicted),
        "val_precision": precision_score(y_te, predicted, average="macro"),
        "val_recall": recall_score(y_te, predicted, average="macro"),
        "val_f1": f1_score(y_te, predicted, average="macro"),
    })
    mlflow.sklearn.log_model(model, name="model", signature=infer_signature(X_te, predicted), input_example=X_te.head(2), registered_model_name="iris_clf")
