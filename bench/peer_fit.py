# The peer of bench/fit.ts: the same numbers, fitted by scikit-learn. Prints the milliseconds of the fit.
import sys, time
import numpy as np
from sklearn.linear_model import LogisticRegression

folder, features = sys.argv[1], int(sys.argv[2])
X = np.fromfile(folder + "/features", dtype=np.float64).reshape(-1, features)
y = np.fromfile(folder + "/target", dtype=np.int32)
start = time.perf_counter()
LogisticRegression(C=1.0, max_iter=100).fit(X, y)
print((time.perf_counter() - start) * 1000)
