// Turns the bytes of a model file that Python wrote into the value of its estimator. Nothing in the file is executed.
import type { Part } from '../estimators/fitted.js';
import { isElementFunction } from '../estimators/functions/element-function.js';
import { isSupportName } from './is-support-name.js';
import { readJoblib } from './pickle/read-joblib.js';
import { readPickle } from './pickle/read-pickle.js';
import { isEstimator, readEstimator } from './read-estimator.js';
import type { Saved } from './saved.js';
import { readSkops } from './skops/read-skops.js';

const isKnown = (module: string, name: string): boolean =>
  isEstimator(module, name) || isElementFunction(module, name) || isSupportName(module, name);

export type Serialization = 'skops' | 'pickle' | 'joblib';

/** As Python would read it: a file of another form than MLmodel says is refused there too. */
export async function readModel(bytes: Uint8Array, form: Serialization): Promise<Part> {
  return readEstimator(await readSaved(bytes, form));
}

async function readSaved(bytes: Uint8Array, form: Serialization): Promise<Saved> {
  if (form === 'skops') return readSkops(bytes, isKnown);
  return form === 'joblib' ? readJoblib(bytes, isKnown) : readPickle(bytes, isKnown);
}
