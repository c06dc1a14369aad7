// Turns every class of sklearn.multioutput and multiclass into how it is read from what Python saved.
import type { MULTIOUTPUT } from '../../estimators/multioutput/table.js';
import type { ReaderRow, ReadersOf } from '../reader.js';
import { readChain, readMultiOutput } from './read-multi-output.js';
import { readConstantPredictor, readOneVsOne, readOneVsRest, readOutputCode } from './read-multiclass.js';

const MULTICLASS = ['sklearn.multiclass'];
const MULTI_OUTPUT = ['sklearn.multioutput'];

const outputs = (kind: string): ReaderRow => ({
  modules: MULTI_OUTPUT,
  read: (attributes, read) => readMultiOutput(kind, attributes, read),
});

const chain = (kind: string): ReaderRow => ({
  modules: MULTI_OUTPUT,
  read: (attributes, read) => readChain(kind, attributes, read),
});

export const MULTIOUTPUT_READERS = {
  OneVsRestClassifier: { modules: MULTICLASS, read: readOneVsRest },
  OneVsOneClassifier: { modules: MULTICLASS, read: readOneVsOne },
  OutputCodeClassifier: { modules: MULTICLASS, read: readOutputCode },
  _ConstantPredictor: { modules: MULTICLASS, read: readConstantPredictor },
  MultiOutputClassifier: outputs('MultiOutputClassifier'),
  MultiOutputRegressor: outputs('MultiOutputRegressor'),
  ClassifierChain: chain('ClassifierChain'),
  RegressorChain: chain('RegressorChain'),
} satisfies ReadersOf<typeof MULTIOUTPUT>;
