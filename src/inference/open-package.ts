// Turns a package on this machine into an open model: one table says which flavors run here, and what to do with the others.
import { MlctlError } from '../errors/error.js';
import { type KnownFlavor, knownFlavor } from '../model/flavors.js';
import { printable } from '../text/printable.js';
import type { OpenModel, OpenPythonPayload, RunInPython } from './types.js';

export interface OpenRequest extends Omit<OpenPythonPayload, 'payload'> {
  readonly flavor: string;
  /** Path of the model file in the package; null if MLmodel does not name one. */
  readonly payload: string | null;
  /** Python runs it, whatever its flavor; null or left out: mlctl does. */
  readonly python?: RunInPython | null;
}

type Opener = (request: OpenPythonPayload) => Promise<OpenModel>;

const OPENERS: Readonly<Record<KnownFlavor, Opener>> = {
  onnx: async (request) => (await import('./open-onnx.js')).openOnnx(request),
  sklearn: async (request) => (await import('./open-sklearn.js')).openSklearn(request),
  xgboost: async (request) => (await import('./open-booster.js')).openBooster('xgboost', request),
  lightgbm: async (request) => (await import('./open-booster.js')).openBooster('lightgbm', request),
  catboost: async (request) => (await import('./open-booster.js')).openBooster('catboost', request),
};

/** Flavors that mlctl cannot run: what such a model is, and how to turn it into one that mlctl can run, if there is a way. */
const OTHERS: ReadonlyMap<string, readonly [is: string, convert: string | null]> = new Map([
  ['python_function', ['Python code', null]],
  ['pytorch', ['a module of PyTorch', 'export it with torch.onnx.export']],
  ['tensorflow', ['a model of TensorFlow', 'convert it with tf2onnx']],
  ['keras', ['a model of Keras', 'export it with model.export(format="onnx")']],
  ['spark', ['a pipeline of Spark ML', 'convert it with onnxmltools']],
  ['transformers', ['a pipeline of Transformers', 'export it with optimum']],
  ['sentence_transformers', ['a model of Sentence Transformers', 'export it with optimum']],
  ['paddle', ['a model of PaddlePaddle', 'convert it with paddle2onnx']],
  ['statsmodels', ['a result of statsmodels', null]],
  ['prophet', ['a model of Prophet', null]],
  ['pmdarima', ['a model of pmdarima', null]],
  ['spacy', ['a pipeline of spaCy', null]],
  ['h2o', ['a model of H2O', null]],
]);

const HINT = 'run it in your own Python: mlctl predict --engine python';

/** Whether packages of this flavor can be opened at all. */
export const runsHere = (flavor: string): boolean => knownFlavor(flavor) !== null;

/**
 * Throws MODEL_UNSUPPORTED for a model that mlctl cannot run, PACKAGE_INVALID if MLmodel does not name a file, or what the
 * opener throws.
 */
export async function openPackage({ flavor, payload, python, ...request }: OpenRequest): Promise<OpenModel> {
  if (python) return (await import('./python/open-in-python.js')).openInPython(request, python);
  const known = knownFlavor(flavor);
  if (known === null) throw cannotRun(flavor, payload, request);
  if (payload === null)
    throw new MlctlError('PACKAGE_INVALID', `MLmodel does not name a model file for the flavor ${known}`, {
      hint: 'log the model again',
      details: { flavor: known },
    });
  try {
    return await OPENERS[known]({ ...request, payload });
  } catch (error) {
    // What mlctl cannot read of Python's own files, Python can.
    if (known === 'onnx' || !(error instanceof MlctlError) || error.code !== 'MODEL_UNSUPPORTED') throw error;
    throw error.saying(error.message, {
      hint: error.hint === undefined ? HINT : `${error.hint}; or ${HINT}`,
    });
  }
}

function cannotRun(flavor: string, payload: string | null, { model }: Pick<OpenRequest, 'model'>): MlctlError {
  const shown = printable(flavor, 60);
  const [is, convert] = OTHERS.get(flavor) ?? ['a model of that library', 'convert it to ONNX where it was made'];
  const loader = model.flavors.get('python_function')?.get('loader_module');
  const object = flavor === 'python_function' ? codeOf(loader) : is;
  const place = payload === null ? '' : ` in ${printable(payload, 120)}`;
  const runnable = Object.keys(OPENERS);
  return new MlctlError(
    'MODEL_UNSUPPORTED',
    `the model has the flavor ${shown} (${object}${place}); mlctl can run ${runnable.join(', ')}`,
    {
      hint: convert === null ? HINT : `${convert}, then: mlctl log model.onnx; or ${HINT}`,
      details: { flavor: shown, runnable, ...(payload === null ? {} : { payload: printable(payload, 300) }) },
    },
  );
}

/** MLflow's own loader opens a PythonModel, or the code of a chat model or an agent. */
const codeOf = (loader: unknown): string =>
  loader === undefined || loader === 'mlflow.pyfunc.model'
    ? 'a PythonModel'
    : `Python code that ${printable(String(loader), 120)} loads`;
