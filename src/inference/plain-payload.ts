// Turns a payload into a plain value whose parts have names, so that two models can be compared part by part: the graph of an ONNX
// model, the fitted estimator of a model of scikit-learn, what a boosting library says of its file.
import { knownFlavor } from '../model/flavors.js';
import type { Plain } from '../onnx/plain-graph.js';
import { readPayload } from './read-payload.js';
import type { OpenPythonPayload } from './types.js';

type Request = Pick<OpenPythonPayload, 'packageFolder' | 'payload' | 'digest' | 'model'>;

/** Null for a flavor that mlctl cannot read. Throws what reading a malformed or hostile file throws. */
export async function plainPayload(flavor: string, request: Request): Promise<Plain | null> {
  const known = knownFlavor(flavor);
  if (known === null) return null;
  if (known === 'onnx') {
    const { plainGraph } = await import('../onnx/plain-graph.js');
    return plainGraph(readPayload(request.packageFolder, request.payload, request.digest).bytes);
  }
  const { isSavedEstimator, readBooster } = await import('./open-booster.js');
  if (known === 'sklearn' || isSavedEstimator(known, request.model)) {
    const { readSklearn } = await import('./open-sklearn.js');
    const { part, predictFn } = await readSklearn(request);
    return { predict_fn: predictFn, estimator: part as unknown as Plain };
  }
  return readBooster(known, request).details as unknown as Plain;
}
