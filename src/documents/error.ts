// An error as documents tell it.
import type { ErrorCode } from '../errors/codes.js';

/** An error as programs read it (contract §3). */
export interface ErrorDocument {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly exit_code: number;
}
