// Turns every class of sklearn.svm into how it is evaluated.
import type { Row, Rows } from '../evaluator.js';
import {
  decideLinearClassifier,
  type LinearClassifier,
  predictLinearClassifier,
} from '../linear-model/linear-classifier.js';
import { type LinearRegressor, predictLinearRegression } from '../linear-model/linear-regression.js';
import { decideSvc, hasSvcMethod, predictSvc, type SupportVectorClassifier, svcProbabilities } from './svc.js';
import {
  decideOneClassSvm,
  type OneClassSvm,
  predictOneClassSvm,
  predictSvr,
  type SupportVectorFunction,
  scoreOneClassSvm,
} from './svr.js';

const SVC_ROW = {
  role: 'classifier',
  predict: predictSvc,
  predict_proba: svcProbabilities,
  decision_function: decideSvc,
  has: hasSvcMethod,
} as const satisfies Row<SupportVectorClassifier<string>>;

export const SVM = {
  LinearSVC: { role: 'classifier', predict: predictLinearClassifier, decision_function: decideLinearClassifier },
  LinearSVR: { role: 'regressor', predict: predictLinearRegression },
  NuSVC: SVC_ROW,
  NuSVR: { role: 'regressor', predict: predictSvr },
  OneClassSVM: {
    role: 'outlier detector',
    predict: predictOneClassSvm,
    decision_function: decideOneClassSvm,
    score_samples: scoreOneClassSvm,
  },
  SVC: SVC_ROW,
  SVR: { role: 'regressor', predict: predictSvr },
} satisfies Rows<
  | LinearClassifier<'LinearSVC'>
  | LinearRegressor<'LinearSVR'>
  | SupportVectorClassifier<'NuSVC'>
  | SupportVectorClassifier<'SVC'>
  | SupportVectorFunction<'NuSVR'>
  | SupportVectorFunction<'SVR'>
  | OneClassSvm
>;
