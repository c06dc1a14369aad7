// Turns what is wrong with a file of Python into the error that refuses it.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

/** `where` is the place in the file, such as `steps[1][1].coef_`. */
export function malformed(where: string, found: string, expected: string): MlctlError {
  return refusal('MODEL_MALFORMED', where, found, expected, 'download the model again, or log it again from Python');
}

/** The file says false things, or asks for more than mlctl gives. */
export function hostile(where: string, found: string, expected: string): MlctlError {
  return refusal('MODEL_HOSTILE', where, found, expected, 'ask whoever made the file how it was written');
}

/** The file is well-formed, but mlctl does not read this part of it. */
export function unsupported(where: string, found: string, expected: string, hint?: string): MlctlError {
  return refusal(
    'MODEL_UNSUPPORTED',
    where,
    found,
    expected,
    hint ?? 'convert the model to ONNX in Python with skl2onnx, and log that',
  );
}

/** A class or a function that is not on the list. Nothing of this name was looked up. */
export function unknownName(where: string, module: string, name: string): MlctlError {
  return unsupported(where, `${module}.${name}`, 'a class or function that mlctl knows');
}

function refusal(
  code: 'MODEL_MALFORMED' | 'MODEL_HOSTILE' | 'MODEL_UNSUPPORTED',
  where: string,
  found: string,
  expected: string,
  hint: string,
): MlctlError {
  const place = printable(where);
  return new MlctlError(code, `cannot read ${place}: found ${printable(found)}; expected ${expected}`, {
    hint,
    details: { place, found: printable(found), expected },
  });
}
