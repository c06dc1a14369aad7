// Turns a URI whose model does not exist into an error.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';

export function noModelAt(uri: string, why: string, hint: string, details: Record<string, unknown> = {}): MlctlError {
  return new MlctlError('MODEL_NOT_FOUND', `"${printable(redactUri(uri), 200)}" does not name a model: ${why}`, {
    hint,
    details: { uri: printable(redactUri(uri)), ...details },
  });
}
