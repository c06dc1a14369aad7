// One check of doctor as a value: what worked, what failed with whose words, what was not tried.
import { MlctlError } from '../../errors/error.js';
import { redactText } from '../../text/redact.js';

export interface DoctorCheckDocument {
  readonly name:
    | 'node'
    | 'runtime'
    | 's3'
    | 'sign-in'
    | 'store'
    | 'clock'
    | 'registry'
    | 'artifacts'
    | 'disk'
    | 'cache';
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** What a failure makes of the exit code; 0 where it did not fail. */
  readonly exit_code: number;
}

export type Check = Omit<DoctorCheckDocument, 'name'>;

export const passed = (message: string, details: Check['details'] = {}): Check => ({
  status: 'pass',
  message,
  hint: null,
  details,
  exit_code: 0,
});

export const skipped = (message: string, details: Check['details'] = {}): Check => ({
  ...passed(message, details),
  status: 'skip',
});

export const warned = (message: string, hint: string, details: Check['details'] = {}): Check => ({
  ...passed(message, details),
  status: 'warn',
  hint,
});

/** The next thing to type, also where an error has none. Doctor does not send people to doctor. */
export const hintOf = (error: MlctlError): string =>
  error.hint?.replace(/;? *(?:or )?try:? `?mlctl doctor`?/, '') ||
  `see ${error.code} in docs/error-codes.md; mlctl doctor --json has the details`;

/** Of an error of ours; any other is thrown on. */
export function failed(error: unknown, details: Check['details'] = {}): Check {
  if (!(error instanceof MlctlError)) throw error;
  return {
    status: 'fail',
    message: redactText(error.message),
    hint: hintOf(error),
    details: { ...error.details, ...details, code: error.code },
    exit_code: error.exitCode,
  };
}
