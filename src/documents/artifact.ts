// One file of a run, as documents contain it.

/** A file of a run. */
export interface ArtifactDocument {
  /** Relative to the artifacts of the run. */
  readonly path: string;
  /** Bytes; null if the store does not say. */
  readonly size: number | null;
}
