// Turns the answer of promote or rollback into an exit code: what smoke found, or 1 where the move was not made.
import { smokeExitCode } from '../checks/smoke-exit-code.js';
import type { SmokeDocument } from '../documents/smoke.js';
import type { ExitCode } from '../errors/codes.js';

export function exitOfMove(moved: boolean, judged: SmokeDocument | null): ExitCode {
  if (moved) return 0;
  // Smoke may have passed and the move may have been lost to somebody else.
  return (judged && smokeExitCode(judged)) || 1;
}
