// Turns every class of sklearn.discriminant_analysis into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { decideLinearClassifier, predictLinearClassifier } from '../linear-model/linear-classifier.js';
import {
  hasLdaMethod,
  type LinearDiscriminantAnalysis,
  ldaLogProbabilities,
  ldaProbabilities,
  transformLda,
} from './linear-discriminant-analysis.js';
import {
  decideQda,
  predictQda,
  type QuadraticDiscriminantAnalysis,
  qdaLogProbabilities,
  qdaProbabilities,
} from './quadratic-discriminant-analysis.js';

export const DISCRIMINANT_ANALYSIS = {
  LinearDiscriminantAnalysis: {
    role: 'classifier',
    predict: predictLinearClassifier,
    predict_proba: ldaProbabilities,
    predict_log_proba: ldaLogProbabilities,
    decision_function: decideLinearClassifier,
    transform: transformLda,
    has: hasLdaMethod,
  },
  QuadraticDiscriminantAnalysis: {
    role: 'classifier',
    predict: predictQda,
    predict_proba: qdaProbabilities,
    predict_log_proba: qdaLogProbabilities,
    decision_function: decideQda,
  },
} satisfies Rows<LinearDiscriminantAnalysis | QuadraticDiscriminantAnalysis>;
