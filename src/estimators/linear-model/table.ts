// Turns every class of sklearn.linear_model into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type LinearRegression, predictLinearRegression, type Ridge } from './linear-regression.js';
import { type LogisticRegression, logisticProbabilities, predictLogisticRegression } from './logistic-regression.js';

export const LINEAR_MODEL = {
  LinearRegression: { role: 'regressor', predict: predictLinearRegression },
  Ridge: { role: 'regressor', predict: predictLinearRegression },
  LogisticRegression: { role: 'classifier', predict: predictLogisticRegression, predict_proba: logisticProbabilities },
} satisfies Rows<LinearRegression | Ridge | LogisticRegression>;
