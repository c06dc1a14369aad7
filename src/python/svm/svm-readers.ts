// Turns every class of sklearn.svm into how it is read from what Python saved.
import type { SVM } from '../../estimators/svm/table.js';
import { readLinearClassifier } from '../linear-model/read-linear-classifier.js';
import { readLinearRegressor } from '../linear-model/read-linear-regressor.js';
import type { ReadersOf } from '../reader.js';
import { readSvc } from './read-svc.js';
import { readOneClassSvm, readSvr } from './read-svr.js';

const modules = ['sklearn.svm._classes'];

export const SVM_READERS = {
  LinearSVC: { modules, read: (attributes) => readLinearClassifier('LinearSVC', attributes) },
  LinearSVR: { modules, read: (attributes) => readLinearRegressor('LinearSVR', attributes) },
  NuSVC: { modules, read: (attributes) => readSvc('NuSVC', attributes) },
  NuSVR: { modules, read: (attributes) => readSvr('NuSVR', attributes) },
  OneClassSVM: { modules, read: readOneClassSvm },
  SVC: { modules, read: (attributes) => readSvc('SVC', attributes) },
  SVR: { modules, read: (attributes) => readSvr('SVR', attributes) },
} satisfies ReadersOf<typeof SVM>;
