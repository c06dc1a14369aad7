// How two models differ, as `mlctl diff` and `mlctl promote` print it.
import type { DigestPair } from '../model/types.js';
import type { ContractChangeDocument } from './contract.js';
import type { ResolvedDocument } from './resolved.js';

/** One of the two models that were compared. */
export interface DiffSideDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly flavor: string;
  readonly digest: DigestPair;
  /** Where the digest was recorded that the files were compared with. */
  readonly verified: 'registry' | 'run' | 'none';
}

/** A fact that is not the same; null: this side does not have it. */
export interface ValueChangeDocument {
  readonly name: string;
  readonly a: string | null;
  readonly b: string | null;
}

/** A fact of the run. */
export interface LineageChangeDocument extends ValueChangeDocument {
  /** It only says which run it was (its id, name, user, times), so it does not make the models differ. */
  readonly identity: boolean;
}

/** A metric in which two models differ. */
export interface MetricDifferenceDocument {
  readonly name: string;
  readonly a: number | string | null;
  readonly b: number | string | null;
  /** From a to b. `unknown`: the name does not say whether more is better, or one side does not have it. */
  readonly change: 'better' | 'worse' | 'unknown';
}

/** A file in which two packages differ. */
export interface FileChangeDocument {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** `sha256:<hex>`. */
  readonly a: string | null;
  readonly b: string | null;
  /** MLmodel that differs in ids, times and the run only. */
  readonly identity: boolean;
}

/** A part of the graph or the estimator. */
export interface PartChangeDocument extends ValueChangeDocument {
  /** For a list of numbers: how many of how many differ, and by how much at most; null for anything else. */
  readonly numbers: { readonly different: number; readonly count: number; readonly largest: number | null } | null;
}

/** How far the predictions of two models differ in one output. */
export interface OutputDifferenceDocument {
  readonly name: string;
  /** Rows whose answers are not the same; all of them if only one model has the output. */
  readonly different: number;
  /** Largest difference of two numbers; null if the values are not numbers, or only one model has the output. */
  readonly largest: number | null;
  /** The first row (0-based) that differs. */
  readonly first: { readonly row: number; readonly a: unknown; readonly b: unknown } | null;
}

/** What `mlctl diff --json` prints. */
export interface DiffDocument {
  readonly a: DiffSideDocument;
  readonly b: DiffSideDocument;
  /** Nothing differs but what says which run it was. */
  readonly same: boolean;
  readonly contract: { readonly breaking: boolean; readonly changes: readonly ContractChangeDocument[] };
  /** Why lineage, params and metrics could not be compared: no run is known for one of them; null if they were. */
  readonly unknown_run: string | null;
  readonly lineage: readonly LineageChangeDocument[];
  readonly params: readonly ValueChangeDocument[];
  readonly metrics: readonly MetricDifferenceDocument[];
  readonly files: readonly FileChangeDocument[];
  readonly parts: {
    readonly changes: readonly PartChangeDocument[];
    /** There may be more than `changes` lists. */
    readonly total: number;
    /** Why the parts could not be compared; null if they were. */
    readonly unknown: string | null;
  };
  readonly predictions: {
    /** Which rows both predicted. */
    readonly source: string | null;
    readonly rows: number;
    /** Those that differ. */
    readonly outputs: readonly OutputDifferenceDocument[];
    readonly unknown: string | null;
  };
}
