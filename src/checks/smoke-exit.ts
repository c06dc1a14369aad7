// Turns what smoke found into its exit code: the worst wins, in the order of the contract (§8.3).
import type { SmokeDocument } from '../documents/smoke.js';

const WORST_FIRST = [70, 2, 4, 6, 3, 7, 5, 1];

/** 0 where there is none. */
export const worstOf = (codes: readonly number[]): number =>
  WORST_FIRST.find((code) => codes.includes(code)) ?? codes[0] ?? 0;

export const smokeExitCode = ({ checks, error }: SmokeDocument): number =>
  worstOf([...checks.map((check) => check.exit_code), ...(error ? [error.exit_code] : [])].filter((code) => code > 0));
