// One check as a value: what was found, and what to do then. Smoke and doctor both speak in it.
import type { CheckDocument } from '../documents/check.js';
import type { ErrorCode, ExitCode } from '../errors/codes.js';
import { redactText } from '../text/redact.js';
import { safeDetails } from '../text/safe-details.js';

type Details = Readonly<Record<string, unknown>>;

export interface Check {
  readonly status: CheckDocument['status'];
  readonly message: string;
  readonly hint?: string;
  readonly details?: Details;
  /** What a failure makes of the exit code: 1 where left out. */
  readonly exit?: ExitCode;
  /** The error that made it fail, and at which step of several: what other code asks, never shown. */
  readonly error?: ErrorCode;
  readonly step?: string | undefined;
}

/** What a check is for, in words; the reference page is generated from the tables of them. */
export interface CheckWords {
  readonly title: string;
  /** What a pass shows. */
  readonly proves: string;
  /** What a failure or a warning means. */
  readonly failure: string;
  /** What to do then. */
  readonly hint: string;
}

export const passed = (message: string, details?: Details): Check => ({
  status: 'pass',
  message,
  ...(details && { details }),
});

export const skipped = (message: string, details?: Details): Check => ({
  ...passed(message, details),
  status: 'skip',
});

export const warned = (message: string, hint: string, details?: Details): Check => ({
  ...passed(message, details),
  status: 'warn',
  hint,
});

/** `words`: of all checks of its kind; a failure that says no more has their hint. */
export function checkDocument<Name extends string>(
  name: Name,
  check: Check,
  words: Readonly<Record<Name, CheckWords>>,
): CheckDocument<Name> {
  const { status, message, hint, details, exit } = check;
  return {
    name,
    status,
    message: redactText(message),
    hint: hint ?? (status === 'fail' ? words[name].hint : null),
    details: safeDetails(details ?? {}),
    exit_code: status === 'fail' ? (exit ?? 1) : 0,
  };
}
