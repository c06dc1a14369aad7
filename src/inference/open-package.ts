// Turns a package on this machine into an open model: one table says which flavors run here, and what to do with the others.
import { MlctlError } from '../errors/error.js';
import { type KnownFlavor, knownFlavor } from '../model/flavors.js';
import { printable } from '../text/printable.js';
import type { OpenModel, OpenPythonPayload } from './types.js';

export interface OpenRequest extends Omit<OpenPythonPayload, 'payload'> {
  readonly flavor: string;
  /** Path of the model file in the package; null if MLmodel does not name one. */
  readonly payload: string | null;
}

type Opener = (request: OpenPythonPayload) => Promise<OpenModel>;

/** What opens a flavor; or, for one that mlctl cannot run, how to turn it into one that it can. */
const OPENERS: Readonly<Record<KnownFlavor, Opener | string>> = {
  onnx: async (request) => (await import('./open-onnx.js')).openOnnx(request),
  sklearn: async (request) => (await import('./open-sklearn.js')).openSklearn(request),
  xgboost: async (request) => (await import('./open-booster.js')).openBooster('xgboost', request),
  lightgbm: async (request) => (await import('./open-booster.js')).openBooster('lightgbm', request),
  catboost: async (request) => (await import('./open-booster.js')).openBooster('catboost', request),
};

const openerOf = (flavor: string): Opener | string => {
  const known = knownFlavor(flavor);
  return known === null ? 'convert it to ONNX where it was made' : OPENERS[known];
};

/** Whether packages of this flavor can be opened at all. */
export const runsHere = (flavor: string): boolean => typeof openerOf(flavor) === 'function';

/**
 * Throws MODEL_UNSUPPORTED for a flavor that mlctl cannot run, PACKAGE_INVALID if MLmodel does not name a file, or what the
 * opener throws.
 */
export async function openPackage({ flavor, payload, ...request }: OpenRequest): Promise<OpenModel> {
  const open = openerOf(flavor);
  const shown = printable(flavor, 60);
  if (typeof open === 'string') {
    const runnable = Object.keys(OPENERS).filter(runsHere);
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `the model has the flavor ${shown}; mlctl can run ${runnable.join(', ')}`,
      {
        hint: `${open}, then: mlctl log model.onnx`,
        details: { flavor: shown, runnable },
      },
    );
  }
  if (payload === null)
    throw new MlctlError('PACKAGE_INVALID', `MLmodel does not name a model file for the flavor ${shown}`, {
      hint: 'log the model again',
      details: { flavor: shown },
    });
  return open({ ...request, payload });
}
