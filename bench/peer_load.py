# The peer of `mlctl smoke`: Python's MLflow loads the same package and predicts one row.
import sys, mlflow.pyfunc, pandas as pd
model = mlflow.pyfunc.load_model(sys.argv[1])
columns = model.metadata.get_input_schema().input_names()
model.predict(pd.DataFrame([[1.0] * len(columns)], columns=columns))
