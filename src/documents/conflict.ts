// A move that lost against another one, as documents contain it.

/** Somebody else is moving the same stage or alias. */
export interface ConflictDocument {
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly expected_version: number | null;
  readonly found_version: number | null;
  /** `before`: nothing was moved; `after`: a concurrent move won, and this one was undone. */
  readonly when: 'before' | 'after';
  /** What the same command had already moved before the conflict, and did not undo: `["stage Production"]`. */
  readonly moved?: readonly string[];
}
