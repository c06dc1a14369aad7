// The one error family: what was attempted on what, found against expected, and the next thing to type.
import { ERROR_CODES, type ErrorCode } from './codes.js';

export interface ErrorFacts {
  /** The next thing to type, one sentence or a command. */
  hint?: string;
  /** Facts as data (snake_case keys), part of the --json answer. Never a secret. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** Work that could not be done. Bad news about work that was done is returned as findings, never thrown. */
export class MlctlError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'MlctlError';
    this.code = code;
    this.hint = facts.hint;
    this.details = facts.details ?? {};
  }

  /** The exit code of contract §3. */
  get exitCode(): number {
    return ERROR_CODES[this.code].exit;
  }
}
