// Turns a class or a parameter that cannot be written as a graph into the refusal: by name, and with what to do.
import { MlctlError } from '../../errors/error.js';

export function noExactForm(what: string, why: string): MlctlError {
  return new MlctlError('MODEL_UNSUPPORTED', `writing ${what} as ONNX: ${why}, which has no exact form there`, {
    hint: 'run the model by its own file: mlctl predict, smoke and load take it as it is',
    details: { what, why },
  });
}
