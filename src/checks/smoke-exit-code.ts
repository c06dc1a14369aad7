// Turns what smoke found into its exit code: the worst wins.
import type { SmokeDocument } from '../documents/smoke.js';
import { type ExitCode, worstExit } from '../errors/codes.js';

export const smokeExitCode = ({ checks, error }: SmokeDocument): ExitCode =>
  worstExit([...checks.map((check) => check.exit_code), ...(error ? [error.exit_code] : [])]);
