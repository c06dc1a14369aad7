// Turns an error that a check of doctor met into the check that failed by it.
import { MlctlError } from '../../errors/error.js';
import { redactDetails, redactText } from '../../text/redact.js';
import type { Check } from '../check.js';

/** The next thing to type, where the error says one. Doctor does not send people to doctor. */
export const hintOf = (error: MlctlError): string | undefined =>
  error.hint?.replace(/;? *(?:or )?try:? `?mlctl doctor`?/, '') || undefined;

/** Of an error of ours; any other is thrown on. */
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
