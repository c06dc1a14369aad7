// Turns an error that a check of doctor met into the check that failed by it.
import { MlctlError } from '../../errors/error.js';
import { redactDetails, redactText } from '../../text/redact.js';
import type { Check } from '../check.js';

/** The hint of the error, without the advice to run doctor. */
export const hintOf = (error: MlctlError): string | undefined =>
  error.hint?.replace(/;? *(?:or )?try:? `?mlctl doctor`?/, '') || undefined;

/** Only for an MlctlError; any other error is thrown again. */
export function failed(error: unknown, details: Check['details'] = {}): Check {
  if (!(error instanceof MlctlError)) throw error;
  const hint = hintOf(error);
  return {
    status: 'fail',
    message: redactText(error.message),
    ...(hint !== undefined && { hint }),
    details: { ...redactDetails(error.details), ...details, code: error.code },
    exit: error.exitCode,
    error: error.code,
  };
}
