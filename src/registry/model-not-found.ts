// A model that a URI names but nobody has, as an error.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';

export function modelNotFound(
  uri: string,
  why: string,
  hint: string,
  details: Record<string, unknown> = {},
): MlctlError {
  return new MlctlError('MODEL_NOT_FOUND', `"${printable(redactUri(uri), 200)}" names no model: ${why}`, {
    hint,
    details: { uri: printable(redactUri(uri)), ...details },
  });
}
