// How a version differs, for those who call it, from the version that a stage or alias points to, as documents contain it.

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

export interface MetricChangeDocument {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** `unknown`: the name does not say whether more is better. */
  readonly change: 'better' | 'worse' | 'same' | 'unknown';
}

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
