// Turns a fault of a model file, or of its rows, into an error that names the file.
import { MlctlError } from '../errors/error.js';

/** Says what is wrong with one file. */
export interface Refuse {
  /** The file is damaged: what was found, and what was expected. */
  malformed(say: string): MlctlError;
  /** The file is well formed, but mlctl cannot run this part of it. */
  unsupported(say: string, hint: string): MlctlError;
  /** The file is larger, or nests deeper, than mlctl accepts. */
  beyond(say: string): MlctlError;
}

/** `file`: its path as the package names it. */
export function refuseFile(file: string): Refuse {
  const details = { file };
  return {
    malformed: (say) =>
      new MlctlError('MODEL_MALFORMED', `${file}: ${say}`, {
        hint: 'log the model again; the file is damaged or was changed',
        details,
      }),
    unsupported: (say, hint) => new MlctlError('MODEL_UNSUPPORTED', `${file}: ${say}`, { hint, details }),
    beyond: (say) =>
      new MlctlError('LIMIT_EXCEEDED', `${file}: ${say}`, {
        hint: 'log a smaller model, or convert it to ONNX',
        details,
      }),
  };
}

export const refuseRows = (say: string): MlctlError =>
  new MlctlError('MODEL_FAILED', `the model refuses these rows: ${say}`, {
    hint: 'give the columns that the model was trained with, in their order',
  });

/** Each output has trees of its own; what few values a model without trees answers is allowed. */
export function checkOutputs(outputs: number, trees: number, refuse: Refuse): void {
  if (outputs > Math.max(1000, trees)) throw refuse.malformed(`it answers ${outputs} values a row with ${trees} trees`);
}
