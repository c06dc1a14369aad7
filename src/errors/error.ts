// The one class of errors: what was attempted on what, what was found and expected, and the next thing to type.
import { ERROR_CODES, type ErrorCode, type ExitCode } from './codes.js';

/**
 * What code needs to know about an error before it goes on. It is never shown; what is shown is in `details`, which code does not
 * read.
 */
interface ErrorState {
  /** The version that exists although the command failed. */
  readonly registered?: { readonly name: string; readonly version: number };
  /** A move was cut short, and the hint already says how to finish it. */
  readonly halfMoved?: true;
  /** The server may have done what was asked; `unreadable`: it answered, and the answer cannot be read. */
  readonly outcome?: 'unknown' | 'unreadable';
  /** The deadline that passed. */
  readonly timeoutSeconds?: number;
}

/** What an error says besides its code and message. */
export interface ErrorFacts {
  /** The next thing to type, one sentence or a command. */
  readonly hint?: string;
  /** Facts as data (snake_case keys), part of the --json answer. Never a secret. */
  readonly details?: Record<string, unknown>;
  readonly state?: ErrorState;
  readonly cause?: unknown;
}

/**
 * Work that could not be done. Bad news about work that was done is returned as findings and never thrown.
 *
 * @example
 * try {
 *   await load('models:/iris_clf/9');
 * } catch (error) {
 *   if (error instanceof MlctlError && error.code === 'MODEL_NOT_FOUND') console.error(error.message, error.hint);
 * }
 */
export class MlctlError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Record<string, unknown>;
  readonly state: ErrorState;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'MlctlError';
    this.code = code;
    this.hint = facts.hint;
    this.details = facts.details ?? {};
    this.state = facts.state ?? {};
  }

  get exitCode(): ExitCode {
    return ERROR_CODES[this.code].exit;
  }

  /** The same error with more information: hint, details and state are kept if nothing new is given. */
  saying(message: string, more: Omit<ErrorFacts, 'cause'> = {}): MlctlError {
    const hint = more.hint ?? this.hint;
    return new MlctlError(this.code, message, {
      ...(hint === undefined ? {} : { hint }),
      details: { ...this.details, ...more.details },
      state: { ...this.state, ...more.state },
      cause: this,
    });
  }

  /** A hint that is appended to the error's own. */
  thenHint(next: string): string {
    return this.hint === undefined ? next : `${this.hint}; then ${next}`;
  }
}
