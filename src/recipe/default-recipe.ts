// The recipe that `mlctl train` uses if none is given (contract §2).

export const DEFAULT_RECIPE_TEXT = `name: iris_clf
experiment: 03-models-pyfunc
run_name: logreg_v1
data: { source: iris, target: species }
split: { test_size: 0.2, random_state: 42, stratify: true }
pipeline:
  - logistic_regression: { C: 1.0, max_iter: 200 }
`;
