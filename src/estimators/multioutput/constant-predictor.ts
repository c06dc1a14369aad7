// Turns any features into the one label that was there (sklearn.multiclass._ConstantPredictor).
import type { Row } from '../evaluator.js';
import type { Fitted } from '../fitted.js';

export interface ConstantPredictor extends Fitted<'_ConstantPredictor'> {
  readonly y_: number;
}

export const CONSTANT_ROW: Row<ConstantPredictor> = {
  role: 'classifier',
  anyWidth: true,
  predict: ({ y_ }, { rows }) => ({ role: 'regressor', values: new Float64Array(rows).fill(y_), width: null }),
  decision_function: ({ y_ }, { rows }) => ({ values: new Float64Array(rows).fill(y_), width: null }),
  predict_proba: ({ y_ }, { rows }) => ({
    values: Float64Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 1 ? y_ : 1 - y_)),
    width: 2,
  }),
};
