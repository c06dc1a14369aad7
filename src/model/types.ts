// A model package as values: what `MLmodel` says and the files it names (contract §4).
import type { Signature } from '../schema/types.js';

/** `MLmodel`, parsed and checked; unknown keys are kept in `raw`. */
export interface MlModel {
  readonly flavors: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly signature: Signature | null;
  /** The three JSON texts as they are in the file. */
  readonly signatureText: {
    readonly inputs: string | null;
    readonly outputs: string | null;
    readonly params: string | null;
  } | null;
  readonly modelId: string | null;
  readonly modelUuid: string | null;
  readonly runId: string | null;
  readonly utcTimeCreated: string | null;
  readonly mlflowVersion: string | null;
  readonly inputExample: {
    readonly path: string;
    readonly servingPath: string | null;
    readonly type: string;
    readonly orient: string | null;
  } | null;
  readonly isSignatureFromTypeHint: boolean;
  readonly metadata: ReadonlyMap<string, unknown> | null;
  readonly raw: ReadonlyMap<string, unknown>;
}

/** The two digests of a model, which are recorded outside of the package and compared with its files. */
export interface DigestPair {
  /** `sha256:<hex>` over the sorted list of files. */
  readonly package: string;
  /** `sha256:<hex>` of the payload file; null if no payload is known. */
  readonly payload: string | null;
}

/** `golden_predictions.json`: the answer to the input example when it was logged. */
export interface GoldenPredictions {
  readonly format: 'mlctl.golden/1';
  /** Relative tolerance for numbers; labels are compared exactly. */
  readonly tolerance: number;
  /** Column name → values, one per row of the input example. NaN and infinities as the words "NaN", "Infinity", "-Infinity"; longs beyond 2^53 as text. */
  readonly predictions: Readonly<Record<string, readonly unknown[]>>;
}
