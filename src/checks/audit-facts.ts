// What an audit knows of a model before it judges: what the stores say, what was computed again, and what was found elsewhere.
import type { ArtifactStore } from '../artifacts/store.js';
import type { CheckDocument, CheckName } from '../documents/check.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import type { ReadLineage } from '../lineage/read-lineage.js';
import type { Standing } from '../loader/standing.js';
import type { ModelPackage } from '../model/read-package.js';
import type { DigestPair } from '../model/types.js';
import type { SignatureFiles, SignatureVerdict } from '../signing/types.js';
import type { SmokeTools } from './smoke-check.js';

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

/** What training again gave. */
export interface ReproductionFinding {
  /** null: there was nothing to compare. */
  readonly identical: Readonly<Record<'payload' | 'predictions' | 'metrics', boolean | null>>;
  /** Whether it was trained again; else recorded predictions were replayed and metrics scored again. */
  readonly trained: boolean;
  /** A sentence for each difference that matters, with its cause. */
  readonly differences: readonly string[];
  /** Why it could not be done; null if it was. */
  readonly why: string | null;
}

/** What was found out elsewhere at the time of the audit, and cannot be computed again from a bundle. */
export interface Observations {
  readonly data: readonly DataFinding[];
  readonly code: CodeFinding | null;
  /** Null if the URI names no version. */
  readonly moves: readonly MoveFinding[] | null;
  /** Null if it was not run. */
  readonly reproduction: ReproductionFinding | null;
  /** Runs that MLmodel names besides the one that the registry names, and whether they are in the store. */
  readonly runs: Readonly<Record<string, boolean>>;
}

export interface AuditFacts {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly standing: Standing;
  /** Null if the run cannot be read. */
  readonly lineage: ReadLineage | null;
  /** `recipe.yaml` of the run. */
  readonly recipe: KeptText;
  readonly checks: ReadonlyMap<CheckName, CheckDocument>;
  /** As computed now; null if the package could not be read. */
  readonly digest: DigestPair | null;
  readonly flavor: string | null;
  /** The lines of requirements.txt of the package. */
  readonly requirements: readonly string[] | null;
  readonly signature: SignatureFinding;
  readonly seen: Observations;
}

interface SignatureFinding {
  /** Whether there are signature files. */
  readonly there: boolean;
  /** By the key of the user; null if there is no key. */
  readonly verdict: SignatureVerdict | null;
}

/** Where an audit finds what it judges: the stores, or a bundle. */
export interface AuditSource {
  readonly tools: SmokeTools;
  /** The following are asked once `tools.resolve` has run. */
  standing(): Promise<Standing>;
  /** The artifacts of the run; null if it cannot be read. */
  runFiles(): Promise<ArtifactStore | null>;
  /** Nothing of it is trusted before it is verified. */
  signature(): Promise<SignatureFiles>;
  /** `modelPackage`: if its files are the ones recorded. */
  observe(
    standing: Standing,
    lineage: ReadLineage | null,
    modelPackage: ModelPackage | undefined,
  ): Promise<Observations>;
}
