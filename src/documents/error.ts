// An error, as documents contain it.
import type { ErrorCode, ExitCode } from '../errors/codes.js';
import type { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactText } from '../text/redact.js';
import { safeDetails } from '../text/safe-details.js';

const MOST_MESSAGE = 2000;

/** An error as programs read it (contract §3). */
export interface ErrorDocument {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly exit_code: ExitCode;
}

export function documentOfError(error: MlctlError): ErrorDocument {
  return {
    code: error.code,
    message: printable(redactText(error.message), MOST_MESSAGE),
    hint: error.hint === undefined ? null : printable(error.hint, MOST_MESSAGE),
    details: safeDetails(error.details),
    exit_code: error.exitCode,
  };
}
