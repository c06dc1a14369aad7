// Turns an error that a check of doctor met into the check that failed by it.
import { MlctlError } from '../../errors/error.js';
import { systemError } from '../../errors/system-error.js';
import { redactText } from '../../text/redact.js';
import { safeDetails } from '../../text/safe-details.js';
import type { Check } from '../check.js';

/** The hint of the error, without the advice to run doctor. */
export const hintOf = (error: MlctlError): string | undefined =>
  error.hint?.replace(/;? *(?:or )?try:? `?mlctl doctor`?/, '') || undefined;

/** What is known of an error: our own words for it, or the system's. Any other error is a bug and is thrown again. */
export function knownError(thrown: unknown): MlctlError {
  const error = thrown instanceof MlctlError ? thrown : systemError(thrown);
  if (error === null) throw thrown;
  return error;
}

export function failed(thrown: unknown, details: Check['details'] = {}): Check {
  const error = knownError(thrown);
  const hint = hintOf(error);
  return {
    status: 'fail',
    message: redactText(error.message),
    ...(hint !== undefined && { hint }),
    details: { ...safeDetails(error.details), ...details, code: error.code },
    exit: error.exitCode,
    error: error.code,
  };
}
