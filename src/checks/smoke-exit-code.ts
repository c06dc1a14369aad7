// Turns what smoke found into its exit code: the worst wins.
import type { SmokeDocument } from '../documents/smoke.js';
import { type ExitCode, worstExit } from '../errors/codes.js';

/**
 * What `mlctl smoke` would exit with: 0 if every check passed or did not apply, else the worst.
 *
 * @example
 * process.exitCode = smokeExitCode(await smoke({ uri: 'models:/iris_clf@champion' }));
 */
export const smokeExitCode = ({ checks, error }: SmokeDocument): ExitCode =>
  worstExit([...checks.map((check) => check.exit_code), ...(error ? [error.exit_code] : [])]);
