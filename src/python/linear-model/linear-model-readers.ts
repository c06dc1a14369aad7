// Turns every class of sklearn.linear_model into how it is read from what Python saved.
import type { LINEAR_MODEL } from '../../estimators/linear-model/table.js';
import type { ReadersOf } from '../reader.js';
import { readLinearRegressor } from './read-linear-regressor.js';
import { readLogisticRegression } from './read-logistic-regression.js';

export const LINEAR_MODEL_READERS = {
  LinearRegression: {
    modules: ['sklearn.linear_model._base'],
    read: (attributes) => readLinearRegressor('LinearRegression', attributes),
  },
  Ridge: {
    modules: ['sklearn.linear_model._ridge'],
    read: (attributes) => readLinearRegressor('Ridge', attributes),
  },
  LogisticRegression: { modules: ['sklearn.linear_model._logistic'], read: readLogisticRegression },
} satisfies ReadersOf<typeof LINEAR_MODEL>;
