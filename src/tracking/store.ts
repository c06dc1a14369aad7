// What both ports of this room share: a store has an address, is closed at the end, and answers searches page by page.
// A lookup that finds nothing returns null; a call that cannot be done throws an MlctlError. Times are ms since 1970, UTC.

export type Tags = ReadonlyMap<string, string>;

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | null;
  /** How large the answer was, if it came from a server. */
  readonly bytes?: number;
}

export interface SearchRequest {
  /** MLflow's filter language. */
  readonly filter?: string;
  /** MLflow's order_by: `start_time DESC`, `metrics.val_acc DESC` … */
  readonly orderBy?: readonly string[];
  readonly maxResults?: number;
  readonly pageToken?: string;
}

export interface Store {
  /** Whether calls go to a server, which has a deadline and must not name folders of this machine; else it is a local file. */
  readonly isRemote: boolean;
  /** For people: it contains no secret. */
  readonly uri: string;
  close(): Promise<void>;
}
