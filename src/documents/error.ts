// An error, as documents contain it.
import type { ErrorCode, ExitCode } from '../errors/codes.js';
import type { MlctlError } from '../errors/error.js';
import { redactDetails, redactText } from '../text/redact.js';

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
    message: redactText(error.message),
    hint: error.hint ?? null,
    details: redactDetails(error.details),
    exit_code: error.exitCode,
  };
}
