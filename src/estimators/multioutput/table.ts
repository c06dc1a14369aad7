// Turns every class of sklearn.multioutput and multiclass into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { CHAIN_ROW, type Chain } from './chain.js';
import { CONSTANT_ROW, type ConstantPredictor } from './constant-predictor.js';
import { type MultiOutput, predictOutputs } from './multi-output.js';
import { type OneVsOneClassifier, oneVsOneDecisions, predictOneVsOne } from './one-vs-one.js';
import { ONE_VS_REST_ROW, type OneVsRestClassifier } from './one-vs-rest.js';
import { type OutputCodeClassifier, predictOutputCode } from './output-code.js';

export const MULTIOUTPUT = {
  OneVsRestClassifier: ONE_VS_REST_ROW,
  OneVsOneClassifier: {
    role: 'classifier',
    anyWidth: true,
    predict: predictOneVsOne,
    decision_function: oneVsOneDecisions,
  },
  OutputCodeClassifier: { role: 'classifier', anyWidth: true, predict: predictOutputCode },
  _ConstantPredictor: CONSTANT_ROW,
  MultiOutputClassifier: { role: 'classifier', anyWidth: true, predict: predictOutputs },
  MultiOutputRegressor: { role: 'regressor', anyWidth: true, predict: predictOutputs },
  ClassifierChain: CHAIN_ROW,
  RegressorChain: CHAIN_ROW,
} satisfies Rows<
  | OneVsRestClassifier
  | OneVsOneClassifier
  | OutputCodeClassifier
  | ConstantPredictor
  | MultiOutput<'MultiOutputClassifier' | 'MultiOutputRegressor'>
  | Chain<'ClassifierChain' | 'RegressorChain'>
>;
