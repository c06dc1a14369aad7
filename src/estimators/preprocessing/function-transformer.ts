// Turns columns into what a function makes of each number (sklearn.preprocessing.FunctionTransformer).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';
import { elementFunction } from '../functions/element-function.js';
import type { FunctionCall } from '../functions/element-maker.js';

export interface FunctionTransformer extends Fitted<'FunctionTransformer'> {
  /** Null: nothing is changed. */
  readonly func: FunctionCall | null;
  readonly inverse_func: FunctionCall | null;
  /** True: it takes finite numbers only. */
  readonly validate: boolean;
}

export const transformFunctionTransformer = (transformer: FunctionTransformer, frame: Frame): Frame =>
  apply(transformer, transformer.func, frame);

export const invertFunctionTransformer = (transformer: FunctionTransformer, frame: Frame): Frame =>
  apply(transformer, transformer.inverse_func, frame);

function apply({ validate }: FunctionTransformer, call: FunctionCall | null, frame: Frame): Frame {
  if (call === null && !validate) return frame;
  const elementOf = (single: boolean) => {
    if (call === null) return (x: number) => x;
    const element = elementFunction(call, single);
    if (element) return element;
    throw new MlctlError('MODEL_UNSUPPORTED', `function_transformer: mlctl does not know ${call.name}`);
  };
  return mapNumbers(frame, {
    step: 'function_transformer',
    missing: validate ? 'refused' : 'any',
    keepsZero: elementOf(false)(0) === 0,
    changeOf: (_, single) => elementOf(single),
  });
}
