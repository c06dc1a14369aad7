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

/** A .skops file is a zip. MLflow's own pickles are plain ones; `file`: the name, because joblib's forms are read by theirs. */
export async function readModel(bytes: Uint8Array, file = ''): Promise<Part> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const readPlain = /\.joblib(\.gz)?$/.test(file) ? readJoblib : readPickle;
  const saved: Saved = isZip ? await readSkops(bytes, isKnown) : readPlain(bytes, isKnown);
  return readEstimator(saved);
}
