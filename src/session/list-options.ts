// The options of a list from the store, for `runs` and `models`.
import type { StoreOptions } from './stores.js';

/** The number of results if none is given, in the library as on the command line. */
export const DEFAULT_MAX = 20;

export interface ListOptions extends StoreOptions {
  /** MLflow's filter language. */
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  /** DEFAULT_MAX if left out. */
  readonly max?: number;
}
