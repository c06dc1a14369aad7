// The answer of `smoke`, which promote and rollback include.

import type { DigestPair } from '../model/types.js';
import type { CheckDocument } from './check.js';
import type { ErrorDocument } from './error.js';
import type { ResolvedDocument } from './resolved.js';

/** The verdict of smoke: every check, and the model that was checked. */
export interface SmokeDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument | null;
  readonly flavor: string | null;
  readonly digest: DigestPair | null;
  readonly checks: readonly CheckDocument[];
  /** One object a row. */
  readonly predictions: readonly Readonly<Record<string, unknown>>[];
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly elapsed_ms: number;
  /** What ended the checks early, if something did; the checks that did not run are `skip`. */
  readonly error?: ErrorDocument | null;
}
