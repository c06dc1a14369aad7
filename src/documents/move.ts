// One move of the history, as documents contain it.

/** A move of a stage or an alias, as the history tells it. */
export interface MoveDocument {
  /** `unknown`: made by a client that leaves no record. */
  readonly action: 'register' | 'promote' | 'rollback' | 'unknown';
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly from_version: number | null;
  /** null: the alias was deleted, or the stage emptied. */
  readonly to_version: number | null;
  /** The stage that the version left. */
  readonly from_stage: string | null;
  readonly user: string;
  /** ISO 8601, UTC. */
  readonly time: string | null;
  /** Why, as whoever moved it said; null if they said nothing. */
  readonly message: string | null;
}

/** What one command did to one stage or alias. */
export interface PlaceMoveDocument {
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  /** The version that was there; null if there was none. */
  readonly from_version: number | null;
  /** False if that was this version already: nothing was moved, and the history has no record. */
  readonly moved: boolean;
}
