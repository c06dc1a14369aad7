// The answer of `reproduce`: what is identical, what was expected and found, and each difference with its cause.
import type { ResolvedDocument } from '../documents/resolved.js';

/** null: that cannot be proven. */
export interface Identical {
  readonly payload: boolean | null;
  readonly predictions: boolean | null;
  readonly metrics: boolean | null;
}

/** What was recorded, or what came out. null: not recorded, or not made. */
export interface Outcome {
  readonly payload: string | null;
  readonly predictions: { readonly golden_rows: number; readonly evaluation_rows: number } | null;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly recipe: string | null;
  readonly data: readonly { readonly source: string; readonly digest: string; readonly rows: number | null }[];
  readonly split: string | null;
  readonly commit: string | null;
  readonly versions: Readonly<Record<string, string | null>>;
}

/** Something that came out otherwise, and why. */
export interface ReproductionDifference {
  /** `payload`, `predictions` and `metrics` are results; the others are what they come from. */
  readonly what:
    | 'payload'
    | 'predictions'
    | 'metrics'
    | 'evaluation'
    | 'split'
    | 'data'
    | 'recipe'
    | 'training'
    | 'code'
    | 'version';
  /** Which file, metric or program. */
  readonly name: string;
  readonly expected: number | string | null;
  readonly actual: number | string | null;
  /** False for what can differ without changing a result, and is not a reason for `ok: false`. */
  readonly matters: boolean;
  /** One sentence. */
  readonly message: string;
}

/** The answer of `reproduce`. */
export interface ReproduceDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly flavor: string;
  readonly identical: Identical;
  /** Nothing that matters differs, and something was proven. */
  readonly ok: boolean;
  readonly expected: Outcome;
  readonly actual: Outcome;
  readonly differences: readonly ReproductionDifference[];
  /** What cannot be proven, each with its reason. */
  readonly unprovable: readonly string[];
  /** With `atCommit`: the commit that recipe and data were taken from. */
  readonly at_commit: string | null;
  readonly elapsed_ms: number;
}

/** What a comparison finds. */
export interface Finding {
  readonly differences: readonly ReproductionDifference[];
  readonly unprovable: readonly string[];
}
