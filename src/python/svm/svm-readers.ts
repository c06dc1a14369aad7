// Turns every class of sklearn.svm into how it is read from what Python saved.
import type { SVM } from '../../estimators/svm/table.js';
import type { ReadersOf } from '../reader.js';

export const SVM_READERS = {} satisfies ReadersOf<typeof SVM>;
