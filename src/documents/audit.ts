// The answer of `audit`: what is claimed of a model, line by line, and what proves each line.
import type { DigestPair } from '../model/types.js';
import type { ErrorDocument } from './error.js';
import type { ResolvedDocument } from './resolved.js';

/** The lines of an audit, in the order of the contract. */
export type AuditLineId =
  | 'bytes'
  | 'registry'
  | 'run'
  | 'record'
  | 'data'
  | 'recipe'
  | 'code'
  | 'dependencies'
  | 'golden'
  | 'rescore'
  | 'reproduction'
  | 'history'
  | 'signature';

/**
 * `proven`: it was computed again now, or compared with a record that is kept elsewhere. `recorded`: a store says so, and
 * nothing was compared with it. `unknown`: nobody recorded it, or it cannot be judged here. `refuted`: it was tested and is false.
 */
export type AuditVerdict = 'proven' | 'recorded' | 'unknown' | 'refuted';

/** One value that a line rests on, and where it was found. */
export interface EvidenceDocument {
  readonly what: string;
  /** A tag, an artifact, a file, or `computed now`. */
  readonly where: string;
  readonly value: string | number | boolean | null;
}

/** One line of an audit. */
export interface AuditLineDocument {
  readonly id: AuditLineId;
  readonly verdict: AuditVerdict;
  /** False if it is refuted. */
  readonly ok: boolean;
  readonly message: string;
  /** What to type to know more; null if it is proven. */
  readonly hint: string | null;
  readonly evidence: readonly EvidenceDocument[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** How many lines of an audit have each verdict. */
export type AuditCounts = Readonly<Record<AuditVerdict, number>>;

/** The folder of evidence that was written, or judged again. */
export interface AuditBundleDocument {
  readonly path: string;
  /** `sha256:` of the list of its files (SHA256SUMS), to be kept elsewhere. */
  readonly digest: string;
  readonly files: readonly string[];
  /** What does not fit: files that were changed, lines that are judged otherwise now. Empty when it was written. */
  readonly problems: readonly string[];
}

/** Who made the model, when and from what, as it is recorded. */
export interface MadeDocument {
  readonly user: string | null;
  /** `mlctl train`, `mlctl log`; null: another client. */
  readonly command: string | null;
  readonly source: string | null;
  /** ISO 8601, UTC. */
  readonly started: string | null;
  readonly ended: string | null;
  readonly commit: string | null;
  readonly data: readonly string[];
}

/** What `mlctl audit --json` prints: line by line, what is proven of a model. */
export interface AuditDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  /** Null if the run cannot be read. The lines say what of it is proven. */
  readonly made: MadeDocument | null;
  readonly flavor: string | null;
  readonly digest: DigestPair | null;
  readonly lines: readonly AuditLineDocument[];
  readonly counts: AuditCounts;
  readonly bundle: AuditBundleDocument | null;
  /** ISO 8601, UTC: when the stores were asked. */
  readonly audited: string;
  readonly elapsed_ms: number;
}

/** One version of a registry that was audited. */
export interface AuditedVersionDocument {
  readonly uri: string;
  readonly name: string;
  readonly version: number;
  /** What points to it: `stage Production`, `alias champion`. */
  readonly places: readonly string[];
  /** False if a line is refuted, or if it could not be audited. */
  readonly ok: boolean;
  readonly refuted: readonly { readonly id: AuditLineId; readonly message: string }[];
  /** Null if it could not be audited. */
  readonly counts: AuditCounts | null;
  readonly error: ErrorDocument | null;
}

/** What `mlctl audit --all --json` prints. */
export interface AuditAllDocument {
  /** By name, then the newest first. */
  readonly versions: readonly AuditedVersionDocument[];
  /** Whether there are registered models that were left out (`max`). */
  readonly more: boolean;
  readonly elapsed_ms: number;
}
