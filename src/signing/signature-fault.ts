// The error of a signature that does not hold: missing, damaged, by another key, of other files or of another version.
import { MlctlError } from '../errors/error.js';

export function signatureFault(message: string, details: Record<string, unknown> = {}): MlctlError {
  return new MlctlError('SIGNATURE_REFUSED', message, {
    hint: 'do not use these files; ask who signed the model, or fetch it again from its registry',
    details,
  });
}
