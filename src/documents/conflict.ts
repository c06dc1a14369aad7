// A move that lost against another one, as documents tell it.

/** Somebody else moves the same stage or alias. */
export interface ConflictDocument {
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly expected_version: number | null;
  readonly found_version: number | null;
  /** `before`: nothing was moved; `after`: another move of the same moment stands, and this one does not. */
  readonly when: 'before' | 'after';
  /** What the same command had moved before it met the conflict, and left so: `["stage Production"]`. */
  readonly moved?: readonly string[];
}
