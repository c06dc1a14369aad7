// How a version differs, for those who call it, from the version that a stage or alias points to, as documents contain it.

/** One difference between two signatures. */
export interface ContractChangeDocument {
  readonly part: 'inputs' | 'outputs' | 'params';
  readonly name: string | null;
  readonly change: string;
  readonly before: string | null;
  readonly after: string | null;
  /** A caller of the version before would notice it as an error. */
  readonly breaking: boolean;
  /** The whole sentence. */
  readonly message: string;
}

/** A metric of two versions. */
export interface MetricChangeDocument {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** `unknown`: the name does not say whether more is better. */
  readonly change: 'better' | 'worse' | 'same' | 'unknown';
}

/** How a version differs from the one that its stage or alias pointed to. */
export interface ContractDocument {
  /** The version it was compared with. */
  readonly version: number;
  /** Whether a change breaks callers. */
  readonly breaking: boolean;
  readonly changes: readonly ContractChangeDocument[];
  readonly metrics: readonly MetricChangeDocument[];
  /** Why signatures could not be compared; null if they were. */
  readonly unknown: string | null;
}
