// One check of `smoke` or `doctor`, as documents contain it.
import type { ExitCode } from '../errors/codes.js';

/** The checks of `smoke`. */
export type CheckName =
  | 'resolve'
  | 'integrity'
  | 'package'
  | 'signature'
  | 'load'
  | 'example'
  | 'predict'
  | 'output'
  | 'golden'
  | 'guard'
  | 'rescore'
  | 'latency';

/** The checks of `doctor`. */
export type DoctorCheckName =
  | 'node'
  | 'runtime'
  | 's3'
  | 'sign-in'
  | 'store'
  | 'leftovers'
  | 'clock'
  | 'registry'
  | 'versions'
  | 'artifacts'
  | 'disk'
  | 'cache';

/** One check of smoke or doctor: what it found, and what to do if it failed. */
export interface CheckDocument<Name extends string = CheckName> {
  readonly name: Name;
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** The exit code that a failure causes; 0 if it did not fail. */
  readonly exit_code: ExitCode;
  /** How long it took; not for checks that did not run. */
  readonly elapsed_ms?: number;
}

/** One check of doctor. */
export type DoctorCheckDocument = CheckDocument<DoctorCheckName>;
