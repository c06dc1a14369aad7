// What an audit knows of a model before it judges: what the stores say, what was computed again, and what was found elsewhere.
import type { CheckDocument, CheckName } from '../documents/check.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import type { Standing } from '../loader/standing.js';
import type { DigestPair } from '../model/types.js';

/** A file that the run kept: its text, or why there is none. */
export type KeptText = { readonly text: string } | { readonly missing: string };

/** Whether the training data is today what it was then. */
export interface DataFinding {
  readonly name: string;
  readonly source: string;
  readonly recorded: string | null;
  /** `sha256:` of it now; null if it could not be read or its kind of digest cannot be computed here. */
  readonly found: string | null;
  /** Why nothing was found; null if it was. */
  readonly why: string | null;
}

/** Whether the commit that was recorded is in the repository of the folder that mlctl runs in. */
export interface CodeFinding {
  readonly commit: string;
  readonly there: boolean | null;
  /** Why that cannot be told; null if it can. */
  readonly why: string | null;
}

/** A move of a stage or an alias that led to, or away from, the version. */
export interface MoveFinding {
  readonly action: 'register' | 'promote' | 'rollback' | 'unknown';
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly from_version: number | null;
  readonly to_version: number | null;
  readonly user: string | null;
  readonly time: number | null;
}

/** What mlctl found out elsewhere at the time of the audit, and cannot compute again from a bundle. */
export interface Observations {
  readonly data: readonly DataFinding[];
  readonly code: CodeFinding | null;
  /** Null if the URI names no version. */
  readonly moves: readonly MoveFinding[] | null;
  /** The run of this store that MLmodel names, if it is another than the registry says. */
  readonly named_run_exists: boolean;
}

export interface AuditFacts {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly standing: Standing;
  readonly checks: ReadonlyMap<CheckName, CheckDocument>;
  /** As computed now; null if the package could not be read. */
  readonly digest: DigestPair | null;
  readonly flavor: string | null;
  readonly seen: Observations;
}
